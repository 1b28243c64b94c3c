import type { Decider } from '@waystation/domain';
import type { NewEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { given } from './decider-specification.js';
import { recorded } from './recorded.js';

type Counted = NewEvent<'counted.v1', number>;
interface Count {
  readonly sum: number;
  readonly last: string;
}

const counted = (data: number): Counted => ({ type: 'counted.v1', data });
const counter: Decider<Count, number, Counted> = {
  initial: { sum: 0, last: '' },
  decide: (state, by) => {
    if (by < 0) throw new CodedError('counter.negative', `expected a positive number, got ${by}`);
    return by === 0 ? [] : [counted(by + state.sum)];
  },
  evolve: (state, event) => ({ sum: state.sum + event.data, last: event.recordedtime }),
  due: ({ sum, last }) => (sum > 0 ? { queue: 'counter', since: last, afterMs: sum } : undefined),
};
const due = (second: number, afterMs: number) => ({
  queue: 'counter',
  since: `2026-01-01T00:00:0${second}.000Z`,
  afterMs,
});

describe('given … when … then', () => {
  const story = () => given(counter, [counted(1), counted(2)]).when(4);

  it('passes where everything is as it is told', () => {
    story()
      .then([counted(7)])
      .thenState({ sum: 10 })
      .thenDue(due(2, 10))
      .when(0)
      .then([])
      .thenState({ sum: 10 });
    given(counter).thenState({ sum: 0 }).thenDue(undefined).when(-1).thenThrows('counter.negative');
  });

  it.each<[string, () => unknown]>([
    ['other events', () => story().then([counted(6)])],
    ['fewer events', () => story().then([])],
    ['more events', () => story().then([counted(7), counted(7)])],
    ['another state', () => story().thenState({ sum: 9 })],
    ['another state before the command', () => given(counter, [counted(1)]).thenState({ sum: 2 })],
    ['another timer', () => story().thenDue(due(1, 10))],
    ['no timer', () => story().thenDue(undefined)],
    ['a refusal', () => story().thenThrows('counter.negative')],
    ['another refusal', () => given(counter).when(-1).thenThrows('counter.full')],
    ['no refusal', () => given(counter).when(-1).then([])],
    [
      'what a function denies',
      () =>
        story().thenState(() => {
          throw new Error('not so');
        }),
    ],
  ])('fails where it is told of %s', (_what, claim) => {
    expect(claim).toThrow(Error);
  });

  it('goes on from an event that has its place already', () => {
    const late = recorded(counted(1), { sequence: 7, recordedtime: '2026-01-01T00:00:05.000Z' });
    const { history } = given(counter, [late]).when(1);
    expect(history.map(({ sequence, recordedtime }) => [sequence, recordedtime])).toEqual([
      [7, '2026-01-01T00:00:05.000Z'],
      [8, '2026-01-01T00:00:06.000Z'],
    ]);
  });
});
