import { ObjectsHeld, ObjectsReleased } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from './series-decider.js';
import { retentionDueOfSeries, seriesQuietQueue } from './series-due.js';

const { opened, stored, duplicated, conflicted, completed, routed } = exampleSeries;
const since = (second: number) => ({
  queue: seriesQuietQueue,
  since: `2026-01-01T00:00:0${second}.000Z`,
  afterMs: 10_000,
});
const keptSince = (second: number) => ({
  queue: 'retention',
  since: `2026-01-01T00:00:0${second}.000Z`,
  afterMs: 10_000,
  waitsFor: 'configuration/retention',
});

describe('the timer of a series', () => {
  it('is set when the series opens', () => {
    given(seriesDecider, [opened(), stored(1)]).thenDue(since(0));
  });

  it.each([
    ['a new object', stored(2)],
    ['the same object again', duplicated(1)],
    ['other bytes under a known UID', conflicted(1, 7)],
  ])('is not moved by what arrives meanwhile: %s', (_what, event) => {
    given(seriesDecider, [opened(), stored(1), event]).thenDue(since(0));
  });

  it('is cleared when the series is complete; once it is routed, the configuration says whether it is looked at again', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)]).thenDue(undefined);
    const { state } = given(seriesDecider, [opened(), stored(1), completed(1), routed(1)]).thenDue(undefined);
    expect(retentionDueOfSeries(state)).toEqual(keptSince(3));
  });

  it('asks how long the series is kept once nobody holds it any more', () => {
    const decided = [opened(), stored(1), completed(1), routed(1)];
    const hold = ObjectsHeld.of({ author: 'r.huber', reason: 'a court asks' });
    const held = given(seriesDecider, [...decided, hold]).thenDue(undefined);
    expect(retentionDueOfSeries(held.state)).toBeUndefined();
    const released = ObjectsReleased.of({ author: 'r.huber', reason: 'it has its copy' });
    given(seriesDecider, [...decided, hold, released]).thenDue(keptSince(5));
  });

  it('is set again when an object comes late, also before the rules were asked', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), stored(2)]).thenDue(since(3));
    given(seriesDecider, [opened(), stored(1), completed(1), stored(2), routed(1)]).thenDue(since(3));
  });

  it('runs for the quiet period that the series was opened with', () => {
    given(seriesDecider, [opened(1, { quietPeriodMs: 500 })]).thenDue({ ...since(0), afterMs: 500 });
  });
});

it('refuses a command that it does not know', () => {
  expect(() => seriesDecider.decide(seriesDecider.initial, { kind: 'shred-series' } as never)).toThrow('shred-series');
});
