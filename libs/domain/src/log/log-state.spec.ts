import { LogSealed } from '@waystation/events';
import { recordedInOrder } from '@waystation/testing';
import { expect, it } from 'vitest';
import { evolveLog, unsealedLog } from './log-state.js';

const sealed = (from: number, to: number, seal: string) =>
  LogSealed.of({ from, to, root: 'a'.repeat(64), previous: '0'.repeat(64), seal: seal.repeat(64) });

it('knows how far the log is sealed and which seal comes before the next', () => {
  const states = recordedInOrder([sealed(1, 10, 'b'), sealed(11, 25, 'c')]).map(
    (
      (state) => (event) =>
        (state = evolveLog(state, event))
    )(unsealedLog),
  );
  expect(states).toEqual([
    { seals: 1, sealedThrough: 10, lastSeal: 'b'.repeat(64) },
    { seals: 2, sealedThrough: 25, lastSeal: 'c'.repeat(64) },
  ]);
});
