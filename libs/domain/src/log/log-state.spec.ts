import {
  IdentityKeyRotated,
  LogSealed,
  LogSegmentArchived,
  LogSegmentDetached,
  LogSegmentDropped,
  LogSigningKeyChanged,
} from '@waystation/events';
import { recordedInOrder } from '@waystation/testing';
import { expect, it } from 'vitest';
import { evolveLog, unsealedLog } from './log-state.js';

const hash = (letter: string): string => letter.repeat(64);
const sealed = (from: number, to: number, seal: string) =>
  LogSealed.of({ from, to, root: hash('a'), previous: hash('0'), seal: hash(seal), marks: '', signature: null });

it('knows how far the log is sealed and which seal comes before the next', () => {
  const states = recordedInOrder([sealed(1, 10, 'b'), sealed(11, 25, 'c')]).map(
    (
      (state) => (event) =>
        (state = evolveLog(state, event))
    )(unsealedLog),
  );
  expect(states).toEqual([
    { ...unsealedLog, seals: 1, sealedThrough: 10, lastSeal: hash('b') },
    { ...unsealedLog, seals: 2, sealedThrough: 25, lastSeal: hash('c') },
  ]);
});

it('knows by which key seals are signed', () => {
  const [first, end] = recordedInOrder([
    LogSigningKeyChanged.of({ key: 'AAAA', previous: null }),
    LogSigningKeyChanged.of({ key: null, previous: 'AAAA' }),
  ]);
  if (!first || !end) throw new Error('there are two events');
  const signing = evolveLog(unsealedLog, first);
  expect(signing.signingKey).toBe('AAAA');
  expect(evolveLog(signing, end)).toEqual(unsealedLog);
});

it('knows by which key the keys of patients are wrapped', () => {
  const rotated = { key: 'b', previous: 'a', author: 'huber', reason: 'yearly change' };
  const [event] = recordedInOrder([IdentityKeyRotated.of(rotated)]);
  expect(event && evolveLog(unsealedLog, event)).toEqual({ ...unsealedLog, identityKey: 'b' });
});

it('knows which segments have a copy, have left the table and are dropped', () => {
  const copy = { key: 'k', sha256: hash('d'), size: 5, directoryAt: 4, recordedFrom: '', recordedTo: '' };
  const events = recordedInOrder([
    LogSegmentArchived.of({ from: 1, to: 100, ...copy, reason: '' }),
    LogSegmentArchived.of({ from: 101, to: 200, ...copy, reason: '' }),
    LogSegmentArchived.of({ from: 201, to: 300, ...copy, reason: '' }),
    LogSegmentDetached.of({ from: 1, to: 100, reason: '' }),
    LogSegmentDetached.of({ from: 101, to: 200, reason: '' }),
    LogSegmentDropped.of({ from: 1, to: 100, reason: '' }),
  ]);
  expect(events.reduce(evolveLog, unsealedLog)).toMatchObject({
    archivedThrough: 300,
    detachedThrough: 200,
    droppedThrough: 100,
  });
});
