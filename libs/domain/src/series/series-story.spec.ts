import { ConfigurationDocument, definitionOf } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { exampleSeries, tellStory, type Chapter } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLookAt } from './complete-series.js';
import { deliveriesRequestedBy } from './route-series.js';
import type { SeriesCommand, StoreInstance } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries, SeriesState } from './series-state.js';

const { storeInstance, sha256, sopInstanceUid, object, spooled, identityFacts: identity } = exampleSeries;

/** Image `number` with one of three contents. */
const hashOf = (number: number, content: number) => number * 10 + content;
const arrival = (
  number: number,
  hash: number,
  isSpooled: boolean,
  more: Partial<StoreInstance> = {},
): SeriesCommand => {
  const command = storeInstance(number, { hash, ...more });
  return isSpooled ? { ...command, instance: { ...command.instance, object: spooled(hash) } } : command;
};
const document = ConfigurationDocument.parse({
  rules: [{ name: 'All', condition: 'True', action: 'route', targets: ['archive'] }],
});
const configuration = { version: 1, sha256: sha256(1), document };

/** Longer than the one after which it is asked first. */
const HOLDS_MS = 15_000;

const associations = fc.constantFrom('a-1', 'a-2', 'a-3');
/** What differs from one arrival to another beside the object. */
const changes: fc.Arbitrary<Partial<StoreInstance>> = fc
  .record({
    association: associations,
    expectedCount: fc.constantFrom(undefined, undefined, 2, 4),
    quietPeriodMs: fc.constantFrom(10_000, 10_000, 5_000),
  })
  .map(({ association, ...others }) => ({ source: { ...exampleSeries.source, association }, ...others }));
const releases = fc
  .tuple(associations, fc.constantFrom(0, 2_000, 30_000))
  .map(([association, afterReleaseMs]) => ({ kind: 'note-release', association, afterReleaseMs }) as const);

/** What is asked, told the time of the event before. */
type Step = (last: string) => SeriesCommand;
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 0, 0, 1, 2), fc.boolean(), changes).map(
      ([number, content, isSpooled, more]) =>
        () =>
          arrival(number, hashOf(number, content), isSpooled, more),
    ),
  },
  { weight: 1, arbitrary: releases.map((release) => () => release) },
  { weight: 1, arbitrary: fc.constant(() => ({ kind: 'complete-now', reason: '' }) as const) },
  { weight: 1, arbitrary: fc.constant(() => ({ kind: 'reopen-series', reason: '' }) as const) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 0, 0, 1, 2)), { minLength: 1, maxLength: 6 })
      .map((moved) => () => ({
        kind: 'move-objects' as const,
        objects: moved.map(([number, content]) => ({
          sopInstanceUid: sopInstanceUid(number),
          sha256: sha256(hashOf(number, content)),
          key: object(hashOf(number, content)).key,
        })),
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(0, 9_999, 10_000, 14_999, 60_000)
      .map(
        (waited) => (last: string) =>
          ({ kind: 'complete-series', now: instantAfter(last, waited), quietPeriod: { ms: HOLDS_MS } }) as const,
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 1, max: 4 })
      .map((revision) => () => ({ kind: 'route-series', revision, identity, configuration }) as const),
  },
);
const stories = fc.array(steps, { maxLength: 25 });

type Told = Chapter<SeriesState, SeriesCommand, SeriesEvent>;
const tell = (story: readonly Step[]): readonly Told[] =>
  tellStory(
    seriesDecider,
    [],
    story.map(
      (step) =>
        ({ history }) =>
          step(history.at(-1)?.recordedtime ?? '2026-01-01T00:00:00.000Z'),
    ),
  );
const everyStory = (check: (chapters: readonly Told[]) => void) =>
  fc.assert(fc.property(stories, (story) => check(tell(story))));
const eventsOf = (chapters: readonly Told[]) => chapters.flatMap(({ events }) => events);
const endOf = (chapters: readonly Told[]): KnownSeries | undefined => {
  const end = chapters.at(-1)?.after;
  return end === undefined || end.status === 'unknown' ? undefined : end;
};

describe('whatever happens to a series', () => {
  it('every event is one that the log would take', () => {
    everyStory((chapters) => {
      for (const { type, data } of eventsOf(chapters))
        expect(definitionOf(type)?.schema.safeParse(data).error).toBeUndefined();
    });
  });

  it('nothing that arrived is lost: it is what travels, or kept beside it', () => {
    everyStory((chapters) => {
      const arrived = chapters.flatMap(({ command }) =>
        command.kind === 'store-instance' ? [command.instance.object.sha256] : [],
      );
      const end = endOf(chapters);
      const kept = end
        ? [
            ...[...end.instances.values()].map(({ object }) => object.sha256),
            ...[...end.conflicts].map(([hash]) => hash),
          ]
        : [];
      expect(kept.toSorted()).toEqual([...new Set(arrived)].toSorted());
    });
  });

  it('every arrival is one fact', () => {
    everyStory((chapters) => {
      for (const { command, events } of chapters) {
        if (command.kind !== 'store-instance') continue;
        expect(events.filter(({ type }) => type !== 'series.opened.v1')).toHaveLength(1);
      }
    });
  });

  it('revisions are numbered without a hole, and their deliveries cover every object once, or all where it was reopened', () => {
    everyStory((chapters) => {
      const end = endOf(chapters);
      if (end === undefined) return;
      expect(end.completions.map(({ revision }) => revision)).toEqual(
        end.completions.map((_completion, index) => index + 1),
      );
      let before = 0;
      for (const { revision, instances, whole } of end.completions) {
        const deliveries = [{ delivery: 'd', target: 'archive', rules: [] }];
        const [request] = deliveriesRequestedBy(end, exampleSeries.routed(revision, { deliveries }).data);
        expect(request?.data.instances.count).toBe(whole ? instances : instances - before);
        if (!whole) expect(instances).toBeGreaterThan(before);
        before = instances;
      }
      if (end.status === 'complete') expect(end.completions.at(-1)?.instances).toBe(end.instances.size);
    });
  });

  it('a revision counts what is new in it', () => {
    everyStory((chapters) => {
      let sum = 0;
      for (const event of eventsOf(chapters)) {
        if (event.type !== 'series.completed.v1') continue;
        sum += event.data.newInstances;
        expect(event.data.instances).toBe(sum);
      }
    });
  });

  it('no revision is decided twice', () => {
    everyStory((chapters) => {
      const decided = endOf(chapters)?.decisions.map(({ revision }) => revision) ?? [];
      expect(new Set(decided).size).toBe(decided.length);
    });
  });

  it('its last arrival is the last object that came while it received', () => {
    everyStory((chapters) => {
      let last: number | undefined;
      for (const { before, after, events } of chapters) {
        for (const { type, position } of events)
          if (type === 'instance.stored.v1' || (type.startsWith('instance.') && before.status === 'receiving'))
            last = position;
        if (after.status !== 'unknown') expect(after.lastArrivalPosition).toBe(last);
      }
    });
  });

  it('it waits for quiet exactly while it receives and nothing of it is in a spool', () => {
    everyStory((chapters) => {
      for (const { after } of chapters)
        expect(seriesDecider.due(after)?.queue === 'series-quiet').toBe(
          after.status === 'receiving' && after.spooled === 0,
        );
    });
  });

  it('its timer goes off when it may be complete, at the latest', () => {
    everyStory((chapters) => {
      let timer: string | undefined;
      let last = '';
      for (const { command, before, after, events } of chapters) {
        last = events.at(-1)?.recordedtime ?? last;
        const [was, due] = [seriesDecider.due(before), seriesDecider.due(after)];
        if (due === undefined) timer = undefined;
        else if (JSON.stringify(due) !== JSON.stringify(was)) timer = instantAfter(due.since, due.afterMs);
        if (after.status !== 'receiving' || timer === undefined) continue;
        // It went off, and there was nothing to do yet.
        if (command.kind === 'complete-series' && command.now >= timer) timer = nextLookAt(after, HOLDS_MS);
        expect(timer <= last || timer <= nextLookAt(after, HOLDS_MS)).toBe(true);
        if (after.expectedSince !== undefined) expect(timer).toBe(after.expectedSince);
      }
    });
  });

  it('it completes once a revision, and only when it is time', () => {
    everyStory((chapters) => {
      for (const { command, before, events } of chapters) {
        const completed = events.filter(({ type }) => type === 'series.completed.v1');
        expect(completed.length).toBeLessThanOrEqual(1);
        if (completed.length === 0 || command.kind !== 'complete-series' || before.status === 'unknown') continue;
        expect(before.status).toBe('receiving');
        expect(before.expectedSince !== undefined || command.now >= nextLookAt(before, HOLDS_MS)).toBe(true);
      }
    });
  });

  it('it completes only when every object of it is in the object store', () => {
    everyStory((chapters) => {
      for (const { after, events } of chapters) {
        if (after.status === 'unknown') continue;
        const kept = [...after.instances.values(), ...[...after.conflicts].map(([, conflict]) => conflict)];
        const waiting = kept.filter((one) => one.object.spool !== undefined).length;
        expect(after.spooled).toBe(waiting);
        if (events.some(({ type }) => type === 'series.completed.v1')) expect(waiting).toBe(0);
      }
    });
  });
});
