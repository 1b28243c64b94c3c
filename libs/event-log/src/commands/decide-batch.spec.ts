import { describe, expect, it } from 'vitest';
import { note, sums, type Add, type Added, type Sum } from '../../test/notes.js';
import type { CommandContext } from './command-context.js';
import { decideBatch } from './decide-batch.js';

const now = '2026-01-31T12:00:00.000Z';
const surroundings = { stream: 'sum/1', now, metadata: { actor: { kind: 'service', name: 'spec' } } } as const;
const empty = { state: sums.initial, sequence: 0, recordedtime: undefined, weight: 0 };
const pending = (command: Add, context: CommandContext<Sum, Added> = {}) => ({
  command,
  context,
  resolve: () => {},
  reject: () => {},
});
const decide = (...commands: readonly ReturnType<typeof pending>[]) => decideBatch(sums, empty, commands, surroundings);

describe('decideBatch', () => {
  it('decides every command on the state that the ones before it lead to', () => {
    const { parts } = decide(pending({ by: 'a' }), pending({ by: 'a' }), pending({ by: 'b' }));
    expect(parts.map(({ expected, events }) => [expected, events.map(({ data }) => data)])).toEqual([
      [0, [{ by: 'a' }]],
      [1, [{ by: 'b' }]],
    ]);
  });

  it('leaves a refused command out and goes on', () => {
    const { parts, decisions } = decide(pending({ by: 'a' }), pending({ by: 'refused' }), pending({ by: 'b' }));
    expect(parts).toHaveLength(2);
    expect(decisions.map(({ refusal }) => (refusal?.reason as Error | undefined)?.message)).toEqual([
      undefined,
      'refused at 1',
      undefined,
    ]);
  });

  it('gives the last part the timer that follows from all events', () => {
    const { parts } = decide(pending({ by: 'a' }), pending({ by: 'b' }), pending({ by: 'c' }));
    expect(parts.map(({ timer }) => timer)).toEqual([undefined, undefined, { queue: 'sums', afterMs: 60_000 }]);
  });

  it('writes nothing where there is nothing to do', () => {
    expect(decide(pending({ nothing: true })).parts).toEqual([]);
  });

  it('stops before a command whose part for another stream cannot be in the same append', () => {
    const alongside = () => [{ stream: 'other/1', expected: 0, events: [note('x')] }];
    const { decisions } = decide(pending({ by: 'a' }, { alongside }), pending({ by: 'b' }, { alongside }));
    expect(decisions).toHaveLength(1);
  });

  it('writes parts for other streams even without events, and then checks the version of its own', () => {
    const alongside = () => [{ stream: 'other/1', expected: 'any' as const, events: [note('x')] }];
    const { parts } = decide(pending({ nothing: true }, { alongside }));
    expect(parts.map(({ stream, expected, events }) => [stream, expected, events.length])).toEqual([
      ['sum/1', 0, 0],
      ['other/1', 'any', 1],
    ]);
  });

  it('refuses a part beside the stream that is for the stream itself', () => {
    const alongside = () => [{ stream: 'sum/1', expected: 'any' as const, events: [note('x')] }];
    const { decisions, parts } = decide(pending({ by: 'a' }, { alongside }));
    expect(decisions[0]?.refusal?.reason).toMatchObject({ code: 'log.invalid-unit' });
    expect(parts).toEqual([]);
  });

  it('lays the metadata of a command over that of the service', () => {
    const { parts } = decide(pending({ by: 'a' }, { metadata: { causationid: 9 } }));
    expect(parts[0]?.metadata).toEqual({ actor: { kind: 'service', name: 'spec' }, causationid: 9 });
  });
});
