import { ConfigurationDocument, ObjectsErased, type ObjectsExpired, type RecordedEvent } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { exampleDelivery, exampleSeries, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliveryDecider } from '../delivery/delivery-decider.js';
import type { DeliveryEvent } from '../delivery/delivery-event.js';
import type { SeriesCommand } from '../series/series-command.js';
import { seriesDecider } from '../series/series-decider.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries } from '../series/series-state.js';
import { unknownStudy } from '../study/study-state.js';
import { assertKept, assertSomethingKept } from './assert-kept.js';
import type { ExpireObjects } from './expiry-command.js';

const { opened, stored, conflicted, completed, routed, discarded, duplicated, storeInstance, object, sopInstanceUid } =
  exampleSeries;
const { delivery, target, requested, attempted, succeeded, abandoned } = exampleDelivery;

const late = '2026-03-01T00:00:00.000Z';
const sent = routed(1, { outcome: 'routed', deliveries: [{ delivery, target, rules: ['CT'] }] });
const delivered = [requested(2), attempted(1), succeeded(1, 2)];

const expire = (keep: object, events: readonly DeliveryEvent[] = delivered, now = late): ExpireObjects => ({
  kind: 'expire-objects',
  now,
  configuration: {
    version: 3,
    sha256: object(9).sha256,
    document: ConfigurationDocument.parse({ retention: { keep } }),
  },
  followed: {
    study: unknownStudy,
    deliveries: new Map([[delivery, given(deliveryDecider, events).state]]),
    jobs: new Map(),
  },
});
const history = [opened(), stored(1), stored(2), conflicted(1, 7), completed(1), sent];
const hold = { kind: 'hold-objects', author: 'r.huber', reason: 'a court asks' } as const;
const afterExpiry = () => given(seriesDecider, history).when(expire({ deliveredDays: 1 }));

describe('The objects of a series', () => {
  it('expire once all was delivered for long enough, those that came under a known UID with other bytes too', () => {
    const [event] = afterExpiry().events;
    expect(event?.type).toBe('objects.expired.v1');
    expect(event?.data).toMatchObject({
      configuration: { version: 3 },
      ended: 'delivered',
      keptDays: 1,
      objects: [1, 2, 7].map((number) => ({ sha256: object(number).sha256, key: object(number).key })),
    });
  });

  it.each([
    ['nothing is said', {}, delivered],
    ['it is too early', { deliveredDays: 36_500 }, delivered],
    ['the delivery is under way', { deliveredDays: 0, undeliveredDays: 0 }, [requested(2), attempted(1)]],
    ['the delivery was given up', { deliveredDays: 0 }, [requested(2), attempted(1), abandoned(1)]],
  ])('stay where %s', (_what, keep, events) => {
    given(seriesDecider, history).when(expire(keep, events)).then([]);
  });

  it('stay while objects come, before the rules were asked, and while somebody holds them', () => {
    const keep = { deliveredDays: 0, undecidedDays: 0, discardedDays: 0 };
    given(seriesDecider, [opened(), stored(1)])
      .when(expire(keep))
      .then([]);
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(expire(keep))
      .then([]);
    given(seriesDecider, [...history, stored(3)])
      .when(expire(keep))
      .then([]);
    given(seriesDecider, [...history, ...given(seriesDecider, history).when(hold).events])
      .thenDue(undefined)
      .when(expire(keep))
      .then([]);
  });

  it('that were discarded or that no rule wanted have times of their own', () => {
    const unmatched = [opened(), stored(1), completed(1), routed(1)];
    given(seriesDecider, unmatched)
      .when(expire({ deliveredDays: 0, discardedDays: 0 }))
      .then([]);
    expect(given(seriesDecider, unmatched).when(expire({ undecidedDays: 0 })).events).toHaveLength(1);
    const dropped = [opened(), stored(1), completed(1), routed(1, { outcome: 'discarded' }), discarded(1)];
    given(seriesDecider, dropped)
      .when(expire({ undecidedDays: 0 }))
      .then([]);
    expect(given(seriesDecider, dropped).when(expire({ discardedDays: 0 })).events).toHaveLength(1);
  });

  it('expire once, and are to be erased at once; when that is said nothing is left to look at', () => {
    const outcome = afterExpiry();
    const [event] = outcome.history.slice(-1) as readonly RecordedEvent<ObjectsExpired>[];
    const gone = [...outcome.history];
    given(seriesDecider, gone)
      .when(expire({ deliveredDays: 0 }))
      .then([]);
    given(seriesDecider, gone).thenDue({ queue: 'erasure', since: event?.recordedtime ?? '', afterMs: 0 });
    const note = { kind: 'note-erased', expired: event?.position ?? 0, erased: 3, kept: 0 } as const;
    given(seriesDecider, gone)
      .when(note)
      .then([ObjectsErased.of({ expired: event?.position ?? 0, erased: 3, kept: 0 })])
      .thenDue(undefined);
  });

  it('are asked for in vain then, and the reason is told', () => {
    const { state } = afterExpiry();
    if (state.status === 'unknown') throw new Error('the series is known');
    expect(() => assertSomethingKept(state)).toThrow(/expired at .* \(objects\.expired at position \d+\): everything/);
    expect(() => assertKept(state, { afterSequence: 0, throughSequence: 3, count: 2 })).toThrow('expired at');
    expect(() => seriesDecider.decide(state, { kind: 'reopen-series', reason: '' })).toThrow('expired at');
  });

  it('are refused under the same key while they are erased, and new once they are', () => {
    const gone = [...afterExpiry().history];
    const { position } = gone.at(-1) ?? { position: 0 };
    expect(() => given(seriesDecider, gone).when(storeInstance(2)).events).toThrow('is taken again once that is done');
    const erased = [...gone, ObjectsErased.of({ expired: position, erased: 3, kept: 0 })];
    given(seriesDecider, erased)
      .when(storeInstance(2))
      .then([stored(2)]);
    given(seriesDecider, [...erased, stored(2)])
      .when(storeInstance(2))
      .then([duplicated(2)]);
  });

  it('are refused where their bytes were found under the same key before those were erased', () => {
    const gone = [...afterExpiry().history];
    const { position } = gone.at(-1) ?? { position: 0 };
    const erased = given(seriesDecider, [...gone, ObjectsErased.of({ expired: position, erased: 3, kept: 0 })]);
    const erasedAt = erased.history.at(-1)?.recordedtime ?? '';
    const storing = (changes: Parameters<typeof storeInstance>[1]) => () =>
      erased.when(storeInstance(2, changes)).events;
    for (const ms of [-60_000, 0, 4_000])
      expect(storing({ keptSince: instantAfter(erasedAt, ms) })).toThrow('is taken again once that is done');
    expect(storing({ keptSince: instantAfter(erasedAt, 6_000) })()).toMatchObject([{ type: 'instance.stored.v1' }]);
    // Under another key, or in a spool, nothing of it was erased.
    for (const place of [{ key: 'segments/1' }, { spool: 'a/1/0' }])
      expect(
        storing({
          keptSince: instantAfter(erasedAt, -60_000),
          instance: { ...storeInstance(2).instance, object: { ...object(2), ...place } },
        })(),
      ).toMatchObject([{ type: 'instance.stored.v1' }]);
  });

  it('that come late go alone, also where the rule wants all of the series again', () => {
    const gone = [...afterExpiry().history, stored(3), completed(2, { instances: 3 })];
    const rule = { name: 'CT', condition: 'True', action: 'route', targets: [target], late: 'whole' };
    const archive = { kind: 'folder', name: target, path: '/srv/archive' };
    const document = ConfigurationDocument.parse({ rules: [rule], targets: [archive] });
    const configuration = { version: 4, sha256: object(9).sha256, document };
    const [decision] = given(seriesDecider, gone).when({
      kind: 'route-series',
      revision: 2,
      configuration,
      identity: {},
    }).events;
    expect(decision?.data).toMatchObject({ deliveries: [{ whole: true, sopInstanceUids: [sopInstanceUid(3)] }] });
  });
});

describe('Whatever happens in whatever order', () => {
  const keep = { deliveredDays: 0, undeliveredDays: 0, undecidedDays: 0, discardedDays: 0 };

  /** What a step leads to where it makes sense; nothing where it does not. */
  const steps: Readonly<Record<string, (state: KnownSeries) => SeriesEvent | SeriesCommand | undefined>> = {
    store: ({ instances }) => storeInstance(instances.size + 1),
    again: ({ expiries }) => (expiries.every(({ erased }) => erased) ? storeInstance(1) : undefined),
    complete: ({ status, completions, instances }) =>
      status === 'receiving' ? completed(completions.length + 1, { instances: instances.size }) : undefined,
    route: ({ completions, decisions }) =>
      decisions.length < completions.length ? routed(decisions.length + 1) : undefined,
    hold: () => hold,
    release: () => ({ ...hold, kind: 'release-objects' }),
    expire: () => expire(keep),
    erased: ({ expiries }) => ({
      kind: 'note-erased',
      expired: expiries.find(({ erased }) => !erased)?.position ?? 0,
      erased: 1,
      kept: 0,
    }),
  };

  it('an object expires only where nothing is under way and nobody holds it, and at most once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 60 }), (path) => {
        let story = given(seriesDecider, [opened(), stored(1)]);
        for (const name of path) {
          const { state } = story;
          if (state.status === 'unknown') throw new Error('the series is known');
          const next = steps[name]?.(state);
          if (next === undefined) continue;
          const added = 'kind' in next ? story.when(next).events : [next];
          for (const event of added.filter(({ type }) => type === 'objects.expired.v1')) {
            expect([state.status, state.decisions.length, state.hold]).toEqual([
              'complete',
              state.completions.length,
              undefined,
            ]);
            for (const { sopInstanceUid: uid } of (event as ObjectsExpired).data.objects)
              expect(state.instances.get(uid)?.expiredBy).toBeUndefined();
          }
          story = given(seriesDecider, [...story.history, ...added]);
        }
      }),
      { numRuns: 50 },
    );
  });
});
