import { CodedError } from '@waystation/kernel';
import { describe, expect, it, vi } from 'vitest';
import { AssociationEnds } from './association-ends.js';

const away = () => new CodedError('log.unavailable', 'the log is away');

/** Ends that fail for as long as the log is away. */
const underTest = (bounds: { mostWaiting?: number } = {}) => {
  const said: string[] = [];
  const say = (sentence: string): void => void said.push(sentence);
  const ends = new AssociationEnds(
    { log: say, warn: say },
    { firstPauseMs: 1, longestPauseMs: 4, mostWaiting: 100, ...bounds },
  );
  const state = { isAway: true, written: [] as string[] };
  const take = (association: string): Promise<void> =>
    ends.take(association, async () => {
      if (state.isAway) throw away();
      state.written.push(association);
    });
  return { ends, said, state, take };
};

describe('The end of an association', () => {
  it('is written at once where the log is there, and nothing is said', async () => {
    const { ends, said, state, take } = underTest();
    state.isAway = false;
    await take('a-1');
    expect(state.written).toEqual(['a-1']);
    await ends.close();
    expect(said).toEqual([]);
  });

  it('waits for the log, is written once it is back, and is said so of twice', async () => {
    const { ends, said, state, take } = underTest();
    await Promise.all(['a-1', 'a-2', 'a-3'].map(take));
    expect(state.written).toEqual([]);
    state.isAway = false;
    await vi.waitFor(() => expect(state.written).toEqual(['a-1', 'a-2', 'a-3']), 30_000);
    await vi.waitFor(() => expect(said).toHaveLength(2), 30_000);
    expect(said).toEqual([
      'ends of associations wait for the log: the log is away',
      'the log is back: 3 associations ended in it',
    ]);
    state.isAway = true;
    await take('a-4');
    state.isAway = false;
    await vi.waitFor(() => expect(state.written).toHaveLength(4), 30_000);
    await ends.close();
  });

  it('is given up aloud where too many wait, or where the log would never take it', async () => {
    const { ends, said, state, take } = underTest({ mostWaiting: 2 });
    for (const association of ['a-1', 'a-2', 'a-3']) await take(association);
    await ends.take('a-4', () => Promise.reject(new CodedError('log.refused', 'the log refuses')));
    expect(said.slice(1)).toEqual([
      'not written down: end of association a-3: the log is away',
      'not written down: end of association a-4: the log refuses',
    ]);
    state.isAway = false;
    await ends.close();
    expect(state.written).toEqual(['a-1', 'a-2']);
  });

  it('is tried a last time when the receiver stops, and left to others aloud', async () => {
    const { ends, said, state, take } = underTest();
    await take('a-1');
    await ends.close();
    await take('a-2');
    expect(state.written).toEqual([]);
    expect(said.slice(1)).toEqual([
      'not written down: end of association a-1: the log is away',
      'not written down: end of association a-2: the log is away',
    ]);
  });
});
