import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { exampleSeries, given, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { CompleteSeries } from './series-command.js';
import { quietUntil } from './complete-series.js';
import { seriesDecider } from './series-decider.js';

const { opened, stored, duplicated, conflicted, completed, sopInstanceUid, sha256 } = exampleSeries;
const completeAt = (now: string): CompleteSeries => ({ kind: 'complete-series', now });
const digestOf = (...numbers: number[]) =>
  createHash('sha256')
    .update(numbers.map((number) => `${sopInstanceUid(number)} ${sha256(number)}\n`).join(''))
    .digest('hex');

describe('a series that nothing arrived for during the quiet period', () => {
  it('is complete', () => {
    given(seriesDecider, [opened(), stored(1), stored(2)])
      .when(completeAt('2026-01-01T00:00:12.000Z'))
      .then([
        completed(1, {
          lastReceivedAt: '2026-01-01T00:00:02.000Z',
          instances: 2,
          newInstances: 2,
          digest: digestOf(1, 2),
        }),
      ])
      .thenState({ status: 'complete' })
      .thenDue(undefined);
  });

  it('has a digest that does not depend on the order of arrival', () => {
    const orders = fc.shuffledSubarray([1, 2, 3, 10, 20], { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(orders, (order) => {
        const [first] = given(seriesDecider, [opened(), ...order.map((number) => stored(number))]).when(
          completeAt('2026-02-01T00:00:00.000Z'),
        ).events;
        expect(first?.data).toMatchObject({ digest: digestOf(1, 10, 2, 20, 3), instances: 5, newInstances: 5 });
      }),
    );
  });

  it('has the first object of a conflict in its digest', () => {
    given(seriesDecider, [opened(), stored(1), conflicted(1, 7)])
      .when(completeAt('2026-01-01T00:00:12.000Z'))
      .then([completed(1, { lastReceivedAt: '2026-01-01T00:00:02.000Z', digest: digestOf(1) })]);
  });
});

describe('a series that something arrived for', () => {
  it.each([
    ['a new object', stored(2)],
    ['the same object again', duplicated(1)],
    ['other bytes under a known UID', conflicted(1, 7)],
  ])('is not complete yet: %s', (_what, event) => {
    const late = recorded(event, { sequence: 3, recordedtime: '2026-01-01T00:00:09.000Z' });
    given(seriesDecider, [opened(), stored(1), late])
      .when(completeAt('2026-01-01T00:00:18.999Z'))
      .then([]);
  });

  it('asks to be looked at again when the quiet period will be over', () => {
    const { state } = given(seriesDecider, [opened(), stored(1), stored(2)]);
    expect(state.status === 'unknown' ? undefined : quietUntil(state)).toBe('2026-01-01T00:00:12.000Z');
  });

  it('is not complete a millisecond too early', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(completeAt('2026-01-01T00:00:10.999Z'))
      .then([]);
  });
});

describe('a series that an object came late for', () => {
  const late = recorded(stored(2), { sequence: 4, recordedtime: '2026-01-01T01:00:00.000Z' });

  it('is complete again as the next revision, about what is new', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), late])
      .when(completeAt('2026-01-01T01:00:10.000Z'))
      .then([
        completed(2, {
          lastReceivedAt: '2026-01-01T01:00:00.000Z',
          instances: 2,
          newInstances: 1,
          digest: digestOf(1, 2),
        }),
      ]);
  });

  it('waits a whole quiet period once more', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), late])
      .when(completeAt('2026-01-01T01:00:09.999Z'))
      .then([])
      .thenDue({ queue: 'series-quiet', since: '2026-01-01T01:00:00.000Z', afterMs: 10_000 });
  });
});

describe('a series that there is nothing to say of', () => {
  it('is not completed twice when two timers go off', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(completeAt('2027-01-01T00:00:00.000Z'))
      .then([]);
  });

  it('is not completed while it is unknown', () => {
    given(seriesDecider).when(completeAt('2027-01-01T00:00:00.000Z')).then([]);
  });
});
