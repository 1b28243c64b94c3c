import { OffPeakHours } from '@waystation/events';
import { exampleDelivery, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { Circumstances } from './circumstances.js';
import { deliveryDecider } from './delivery-decider.js';

const d = exampleDelivery;
const noon = '2026-01-01T12:00:00.000Z';
const evening = '2026-01-01T22:00:00.000Z';
const at = (now: string, more: Partial<Circumstances> = {}): Circumstances => ({
  now,
  configurationVersion: 1,
  offPeak: d.offPeak,
  ...more,
});
const start = (circumstances: Circumstances) =>
  ({ kind: 'start-attempt', worker: 'dispatch-1', retry: d.retry, ...circumstances }) as const;
const review = (circumstances: Circumstances) => ({ kind: 'review-hold', ...circumstances }) as const;
const hold = { kind: 'hold-delivery', note: 'the archive is being moved' } as const;
const release = { kind: 'release-delivery', note: 'the surgeon waits' } as const;
const lane = { queue: 'deliver/archive', afterMs: 0 };

describe('an off-peak delivery', () => {
  const requested = d.requested(2, { priority: 'off-peak' });
  const untilEvening = { reason: 'off-peak', until: evening, configurationVersion: 1 } as const;
  const held = d.held(untilEvening);

  it('is held until its hours begin', () => {
    given(deliveryDecider, [requested])
      .when(start(at(noon)))
      .then([held])
      .thenState({ status: 'held', hold: untilEvening, attempt: 0 });
  });

  it('is looked at once while it is held, and when the configuration changes', () => {
    given(deliveryDecider, [requested, held]).thenDue({
      queue: 'held',
      since: '2026-01-01T00:00:01.000Z',
      afterMs: 0,
      waitsFor: 'configuration',
    });
  });

  it('is attempted at once where its hours have begun', () => {
    given(deliveryDecider, [requested])
      .when(start(at(evening)))
      .then([d.attempted(1)]);
  });

  it('is released when its hours begin, and then due in the lane of its target', () => {
    given(deliveryDecider, [requested, held])
      .when(review(at(evening)))
      .then([d.released({ by: 'schedule', configurationVersion: 1 })])
      .thenState({ status: 'waiting', hold: undefined })
      .thenDue({ ...lane, since: '2026-01-01T00:00:02.000Z' })
      .when(start(at(evening)))
      .then([d.attempted(1)]);
  });

  it('stays held until then', () => {
    given(deliveryDecider, [requested, held])
      .when(review(at('2026-01-01T21:59:59.999Z')))
      .then([]);
  });

  it('follows other hours: released where they have begun, held until they do otherwise', () => {
    const afternoon = OffPeakHours.parse({ from: '13:00', to: '15:00' });
    const until = '2026-01-01T13:00:00.000Z';
    given(deliveryDecider, [requested, held])
      .when(review(at('2026-01-01T13:30:00.000Z', { offPeak: afternoon, configurationVersion: 2 })))
      .then([d.released({ by: 'schedule', configurationVersion: 2 })]);
    given(deliveryDecider, [requested, held])
      .when(review(at(noon, { offPeak: afternoon, configurationVersion: 2 })))
      .then([d.held({ reason: 'off-peak', until, configurationVersion: 2 })]);
  });

  it('says nothing where another configuration has the same hours', () => {
    given(deliveryDecider, [requested, held])
      .when(review(at(noon, { configurationVersion: 2 })))
      .then([]);
  });

  it('waits for the next hours where its lane had no room before the end of these', () => {
    const tomorrow = { ...untilEvening, until: '2026-01-02T22:00:00.000Z' };
    given(deliveryDecider, [requested, held, d.released({ by: 'schedule', configurationVersion: 1 })])
      .when(start(at('2026-01-02T06:00:00.000Z')))
      .then([d.held(tomorrow)]);
  });

  it('waits with another attempt that falls outside of them as well', () => {
    const failed = [d.attempted(1), d.failed(1), d.retryScheduled(2, 60_000)];
    given(deliveryDecider, [requested, ...failed])
      .when(start(at(noon)))
      .then([held])
      .when(review(at(evening)))
      .when(start(at(evening)))
      .then([d.attempted(2)]);
  });

  it('is finished where its hours end in the middle of an attempt', () => {
    given(deliveryDecider, [requested, d.attempted(1)])
      .when({ kind: 'record-receipts', attempt: 1, receipts: [d.receiptOf(1), d.receiptOf(2)] })
      .when({ kind: 'finish-attempt', attempt: 1, durationMs: 1200, retry: d.retry, jitter: 0 })
      .then([d.succeeded(1, 2)]);
  });

  it('whose worker vanished waits for the next hours, too', () => {
    given(deliveryDecider, [requested, d.attempted(1)])
      .when(start(at(noon)))
      .then([d.interrupted(1, { foundBy: 'dispatch-1' }), held])
      .thenState({ status: 'held', mayRepeat: true });
  });

  it('is begun by nobody while it is held', () => {
    given(deliveryDecider, [requested, held])
      .when(start(at(evening)))
      .then([]);
  });
});

describe('an urgent delivery', () => {
  it('says so to whoever looks for work', () => {
    given(deliveryDecider, [d.requested(2, { priority: 'urgent' })]).thenDue({
      ...lane,
      since: '2026-01-01T00:00:00.000Z',
      urgent: true,
    });
  });
});

describe('a delivery that has to come after another one', () => {
  const after = 'f1f2f3f4f5f6f7f8f9f0';
  const requested = d.requested(2, { after });
  const held = d.held({ reason: 'after', after });
  const over = (outcome: 'succeeded' | 'abandoned' | 'unknown') =>
    d.released({ by: 'predecessor', delivery: after, outcome });

  it('is held while that one is not over, and looked at when something happens to it', () => {
    given(deliveryDecider, [requested])
      .when(start(at(noon, { predecessor: 'open' })))
      .then([held])
      .thenDue({ queue: 'held', since: '2026-01-01T00:00:01.000Z', afterMs: 0, waitsFor: `delivery/${after}` })
      .when(review(at(noon, { predecessor: 'open' })))
      .then([]);
  });

  it('is attempted at once where that one arrived', () => {
    given(deliveryDecider, [requested])
      .when(start(at(noon, { predecessor: 'succeeded' })))
      .then([d.attempted(1)]);
  });

  it.each(['succeeded', 'abandoned', 'unknown'] as const)('is released when that one is over: %s', (predecessor) => {
    given(deliveryDecider, [requested, held])
      .when(review(at(noon, { predecessor })))
      .then([over(predecessor)])
      .thenDue({ ...lane, since: '2026-01-01T00:00:02.000Z' });
  });

  it('says that it goes on without one that was given up, and keeps the timer that its worker holds', () => {
    given(deliveryDecider, [requested])
      .when(start(at(noon, { predecessor: 'abandoned' })))
      .then([over('abandoned'), d.attempted(1)])
      .thenDue({ ...lane, since: '2026-01-01T00:00:00.000Z' });
  });

  it('says so once, and does not wait again where somebody tries that one again', () => {
    const failed = [over('abandoned'), d.attempted(1), d.failed(1), d.retryScheduled(2, 1)];
    for (const predecessor of ['abandoned', 'open'] as const)
      given(deliveryDecider, [requested, ...failed])
        .when(start(at(noon, { predecessor })))
        .then([d.attempted(2)]);
  });

  it('waits for its hours after that', () => {
    const offPeak = d.requested(2, { after, priority: 'off-peak' });
    const untilEvening = d.held({ reason: 'off-peak', until: evening, configurationVersion: 1 });
    const told = given(deliveryDecider, [offPeak, held]).when(review(at(noon, { predecessor: 'succeeded' })));
    told.then([over('succeeded'), untilEvening]);
    told
      .when(review(at(evening, { predecessor: 'succeeded' })))
      .then([d.released({ by: 'schedule', configurationVersion: 1 })]);
  });

  it('waits for it again where its hours come first and somebody tries that one again', () => {
    const offPeak = d.requested(2, { after, priority: 'off-peak' });
    given(deliveryDecider, [offPeak, d.held({ reason: 'off-peak', until: evening, configurationVersion: 1 })])
      .when(review(at(evening, { predecessor: 'open' })))
      .then([held]);
  });
});

describe('an operator', () => {
  const offPeak = d.requested(2, { priority: 'off-peak', after: 'f1f2f3f4f5f6f7f8f9f0' });
  const held = d.held({ reason: 'operator', note: hold.note });
  const released = d.released({ by: 'operator', note: release.note });

  it('releases what waits for its hours or for another delivery: nothing holds it any more', () => {
    for (const reason of [
      { reason: 'off-peak', until: evening, configurationVersion: 1 },
      { reason: 'after', after: 'f1f2f3f4f5f6f7f8f9f0' },
    ] as const)
      given(deliveryDecider, [offPeak, d.held(reason)])
        .when(release)
        .then([released])
        .thenDue({ ...lane, since: '2026-01-01T00:00:02.000Z' })
        .when(start(at(noon, { predecessor: 'open' })))
        .then([d.attempted(1)]);
  });

  it('releases what is not held yet, and what waits for another attempt', () => {
    given(deliveryDecider, [offPeak]).when(release).then([released]);
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.retryScheduled(2, 900_000)])
      .when(release)
      .thenDue({ ...lane, since: '2026-01-01T00:00:04.000Z' });
  });

  it('holds what waits; nobody looks at it until it is released', () => {
    given(deliveryDecider, [d.requested(2)])
      .when(hold)
      .then([held])
      .thenDue(undefined)
      .when(review(at(noon)))
      .then([])
      .when(release)
      .then([released])
      .when(start(at(noon)))
      .then([d.attempted(1)]);
  });

  it('holds what is held for another reason; once is enough', () => {
    given(deliveryDecider, [offPeak, d.held({ reason: 'off-peak', until: evening, configurationVersion: 1 })])
      .when(hold)
      .then([held])
      .thenDue(undefined)
      .when(hold)
      .then([]);
  });

  it.each([
    ['under way', [d.requested(2), d.attempted(1)]],
    ['done', [d.requested(1), d.attempted(1), d.delivered(1), d.succeeded(1, 1)]],
    ['given up', [d.requested(1), d.attempted(1), d.failed(1), d.abandoned(1)]],
  ])('neither holds nor releases what is %s', (_what, history) => {
    given(deliveryDecider, history).when(hold).thenThrows('delivery.not-holdable');
    given(deliveryDecider, history).when(release).thenThrows('delivery.not-releasable');
  });

  it('is told to release what is held, not to try it again', () => {
    const { history } = given(deliveryDecider, [d.requested(2)]).when(hold);
    const again = given(deliveryDecider, history).when({ kind: 'redrive-delivery', reason: 'now' });
    again.thenThrows('delivery.not-redrivable');
    expect(() => again.events).toThrow('it is sent now if it is released');
  });
});
