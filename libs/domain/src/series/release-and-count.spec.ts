import { SeriesSenderReleased } from '@waystation/events';
import { exampleSeries, given, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { causeOfCompletion, nextLookAt } from './complete-series.js';
import { seriesDecider } from './series-decider.js';
import type { KnownSeries, SeriesState } from './series-state.js';

const { opened, stored, duplicated, conflicted, completed, senderReleased, reopened, storeInstance, source } =
  exampleSeries;
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
const completeAt = (seconds: number) => ({ kind: 'complete-series', now: at(seconds) }) as const;
const noteRelease = (association: string = source.association) =>
  ({ kind: 'note-release', association, afterReleaseMs: 2000 }) as const;
const queue = 'series-quiet';
const byOther = { association: 'a-2' };
const triggerOf = (story: { readonly events: readonly { readonly type: string; readonly data: object }[] }) =>
  story.events.map(({ data }) => ('trigger' in data ? data.trigger : ''));
const known = (state: SeriesState): KnownSeries => {
  if (state.status === 'unknown') throw new Error('the series is unknown');
  return state;
};

describe('the release of an association', () => {
  it('is noted once, where it brought objects of this round', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(noteRelease())
      .then([senderReleased()])
      .when(noteRelease())
      .then([]);
    given(seriesDecider, [opened(), stored(1)])
      .when(noteRelease('a-2'))
      .then([]);
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(noteRelease())
      .then([]);
    given(seriesDecider).when(noteRelease()).then([]);
  });

  it.each([
    ['new objects', stored(1)],
    ['the same again', duplicated(1)],
    ['other bytes', conflicted(1, 7)],
  ])('is noted of one that brought %s', (_what, event) => {
    const { data } = event;
    const other = { ...event, data: { ...data, association: 'a-2' } } as typeof event;
    given(seriesDecider, [opened(), stored(1), other])
      .when(noteRelease('a-2'))
      .then([senderReleased(2000, 'a-2')]);
  });

  it('is not waited for where the receiver of an association is gone, which completes nothing by itself', () => {
    const lost = { ...noteRelease(), lost: true } as const;
    const noted = SeriesSenderReleased.of({ association: source.association, afterReleaseMs: 2000, lost: true });
    given(seriesDecider, [opened(), stored(1)])
      .when(lost)
      .then([noted]);
    given(seriesDecider, [opened(), stored(1), noted]).thenDue({ queue, since: at(0), afterMs: 10_000 });
    const other = stored(2, byOther);
    given(seriesDecider, [opened(), stored(1), noted, other, senderReleased(2000, 'a-2')]).thenDue({
      queue,
      since: at(4),
      afterMs: 2000,
    });
    given(seriesDecider, [opened(), stored(1), other, senderReleased(2000, 'a-2'), noted]).thenDue({
      queue,
      since: at(4),
      afterMs: 2000,
    });
  });

  it('completes the series after a while, before its quiet period is over', () => {
    const story = given(seriesDecider, [opened(), stored(1), senderReleased()]).thenDue({
      queue,
      since: at(2),
      afterMs: 2000,
    });
    story.when(completeAt(3.999)).then([]);
    expect(story.when(completeAt(4)).events).toMatchObject([
      { data: { trigger: 'association-released', because: { afterReleaseMs: 2000 }, quietPeriodMs: 10_000 } },
    ]);
  });

  it('says nothing as long as another association that brought objects is open', () => {
    const story = given(seriesDecider, [opened(), stored(1), stored(2, byOther), senderReleased()]);
    story.thenDue({ queue, since: at(0), afterMs: 10_000 });
    story.when(completeAt(9)).then([]);
    const both = given(seriesDecider, [...story.history, senderReleased(2000, 'a-2')]);
    expect(triggerOf(both.thenDue({ queue, since: at(4), afterMs: 2000 }).when(completeAt(6)))).toEqual([
      'association-released',
    ]);
  });

  it('says nothing any more when an object comes over another association meanwhile', () => {
    const story = given(seriesDecider, [opened(), stored(1), senderReleased(), stored(2, byOther)]);
    story.thenDue({ queue, since: at(3), afterMs: 10_000 });
    story.when(completeAt(12.999)).then([]);
    expect(triggerOf(story.when(completeAt(13)))).toEqual(['quiet']);
  });

  it('leaves the quiet period in force where that is over sooner', () => {
    const story = given(seriesDecider, [opened(), stored(1), senderReleased(60_000)]);
    story.thenDue({ queue, since: at(1), afterMs: 10_000 });
    expect(triggerOf(story.when(completeAt(11)))).toEqual(['quiet']);
  });

  it('is waited for in the next round anew', () => {
    given(seriesDecider, [opened(), stored(1), senderReleased(), completed(1), stored(2)])
      .thenDue({ queue, since: at(4), afterMs: 10_000 })
      .when(noteRelease())
      .then([senderReleased()]);
  });

  it('is the cause of the completion', () => {
    const state = known(given(seriesDecider, [opened(), stored(1), senderReleased()]).state);
    expect([causeOfCompletion(state, at(3)), causeOfCompletion(state, at(4))]).toEqual([2, 3]);
    expect(nextLookAt(state)).toBe(at(4));
  });
});

describe('a series that says how many objects it has', () => {
  const expecting = (count: number) => [opened(1, { expectedCount: count }), stored(1)];

  it('is complete as soon as they are there', () => {
    given(seriesDecider, expecting(2)).thenDue({ queue, since: at(0), afterMs: 10_000 });
    const story = given(seriesDecider, [...expecting(2), stored(2)]).thenDue({ queue, since: at(2), afterMs: 0 });
    expect(story.when(completeAt(2)).events).toMatchObject([
      { data: { trigger: 'expected-count', because: { expectedCount: 2 }, instances: 2 } },
    ]);
  });

  it('does not move its timer again with what comes beside them', () => {
    given(seriesDecider, [...expecting(1), stored(2), stored(3), duplicated(1)]).thenDue({
      queue,
      since: at(1),
      afterMs: 0,
    });
  });

  it('goes by the highest number that any of its objects says', () => {
    given(seriesDecider, expecting(2))
      .when(storeInstance(2, { expectedCount: 3 }))
      .then([stored(2, { expectedCount: 3 })]);
    given(seriesDecider, expecting(2))
      .when(storeInstance(2, { expectedCount: 1 }))
      .then([stored(2)]);
    given(seriesDecider, [...expecting(1), stored(2, { expectedCount: 3 })]).thenDue({
      queue,
      since: at(0),
      afterMs: 10_000,
    });
  });

  it('counts no object twice, and none that is in a spool', () => {
    given(seriesDecider, [...expecting(2), duplicated(1)])
      .when(completeAt(3))
      .then([]);
    const spooled = stored(2, { object: exampleSeries.spooled(2) });
    given(seriesDecider, [...expecting(2), spooled])
      .thenDue(undefined)
      .when(completeAt(3))
      .then([]);
  });

  it('is quiet first where more come late: not every one of them is a revision', () => {
    given(seriesDecider, [...expecting(1), completed(1), stored(2)]).thenDue({ queue, since: at(3), afterMs: 10_000 });
  });
});

describe('a quiet period that changed in the configuration', () => {
  it('holds for the next round of arrivals', () => {
    const late = storeInstance(2, { quietPeriodMs: 500 });
    given(seriesDecider, [opened(), stored(1)])
      .when(late)
      .then([stored(2)]);
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(late)
      .then([stored(2, { quietPeriodMs: 500 })])
      .thenDue({ queue, since: at(3), afterMs: 500 });
  });

  it('of a rule is longer than the one after which it is asked', () => {
    const asking = { quietPeriod: { ms: 30_000, rules: ['patient'] } };
    const story = given(seriesDecider, [opened(), stored(1)]);
    story.when({ ...completeAt(11), ...asking }).then([]);
    expect(story.when({ ...completeAt(31), ...asking }).events).toMatchObject([
      { data: { trigger: 'quiet', quietPeriodMs: 30_000, because: { rules: ['patient'] } } },
    ]);
  });
});

describe('an operator', () => {
  const now = { kind: 'complete-now', reason: 'switched off' } as const;
  const reopen = { kind: 'reopen-series', reason: 'the rule was wrong' } as const;

  it('says that a series is complete', () => {
    const story = given(seriesDecider, [opened(), stored(1)]).when(now);
    expect(story.events).toMatchObject([
      { data: { trigger: 'manual', because: { reason: 'switched off' }, revision: 1 } },
    ]);
    story.thenState({ status: 'complete' }).thenDue(undefined);
  });

  it('cannot where nothing new came, nothing is known, or objects are in a spool', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(now)
      .thenThrows('series.nothing-new');
    given(seriesDecider).when(now).thenThrows('series.unknown');
    const spooled = stored(1, { object: exampleSeries.spooled(1) });
    given(seriesDecider, [opened(), spooled]).when(now).thenThrows('series.in-spool');
  });

  it('reopens a series: it is complete again at once, as a revision about all of it', () => {
    const story = given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(reopen)
      .then([reopened()]);
    story.thenState({ status: 'receiving' }).thenDue({ queue, since: at(3), afterMs: 0 });
    const [event] = story.when(completeAt(60)).events;
    expect(event?.data).toMatchObject({ revision: 2, trigger: 'quiet', instances: 1, newInstances: 0, whole: true });
    expect(story.when(now).events).toMatchObject([{ data: { revision: 2, trigger: 'manual', whole: true } }]);
  });

  it('reopens a series once until it is complete again', () => {
    given(seriesDecider, [opened(), stored(1), completed(1), reopened()])
      .when(reopen)
      .then([]);
    given(seriesDecider, [opened(), stored(1), completed(1), reopened(), completed(2)])
      .when(reopen)
      .then([reopened()]);
    given(seriesDecider).when(reopen).thenThrows('series.unknown');
  });

  it('reopens one that receives objects: it waits for them as before', () => {
    const late = recorded(stored(2), { sequence: 4, recordedtime: at(100) });
    const story = given(seriesDecider, [opened(), stored(1), completed(1), late]).when(reopen);
    story.when(completeAt(109)).then([]);
    expect(story.when(completeAt(110)).events).toMatchObject([{ data: { newInstances: 1, whole: true } }]);
  });
});
