import {
  ConfigurationDocument,
  ConfigurationPublished,
  NotificationAbandoned,
  NotificationAttempted,
  NotificationFailed,
  NotificationRedriven,
  NotificationRequested,
  NotificationRetryScheduled,
  NotificationSent,
  StudyOpened,
  StudySeriesAdded,
} from '@waystation/events';
import type { NewEvent } from '@waystation/events';
import { exampleDelivery, exampleSeries, recordedInOrder } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationDecider } from './configuration/configuration-decider.js';
import { fold, type Decider } from './decider.js';
import { deliveryDecider } from './delivery/delivery-decider.js';
import { notificationDecider } from './notification/notification-decider.js';
import { seriesDecider } from './series/series-decider.js';
import { studyDecider } from './study/study-decider.js';

type Counted = NewEvent<'counted.v1', number>;

const counter: Decider<readonly number[], never, Counted> = {
  initial: [],
  decide: () => [],
  evolve: (state, event) => [...state, event.data],
  due: () => undefined,
};
const counted = recordedInOrder<Counted>([1, 2, 3].map((data) => ({ type: 'counted.v1', data })));

describe('fold', () => {
  it('applies the events in their order, from the beginning', () => {
    expect(fold(counter, counted)).toEqual([1, 2, 3]);
  });

  it('goes on from a state that is already known', () => {
    expect(fold(counter, counted.slice(2), [1, 2])).toEqual([1, 2, 3]);
  });

  it('leaves a stream without events in its initial state', () => {
    expect(fold(counter, [])).toBe(counter.initial);
  });
});

const s = exampleSeries;
const d = exampleDelivery;
const deciders: readonly [string, Decider<unknown, never, NewEvent>, readonly NewEvent[]][] = [
  [
    'a series',
    seriesDecider as Decider<unknown, never, NewEvent>,
    [
      ...[s.opened(), s.stored(1), s.stored(2), s.stored(3), s.duplicated(1), s.conflicted(1, 9)],
      ...[s.completed(1), s.completed(2), s.routed(1), s.discarded(1)],
    ],
  ],
  [
    'a delivery',
    deliveryDecider as Decider<unknown, never, NewEvent>,
    [
      ...[d.requested(2), d.attempted(1), d.attempted(2), d.delivered(1), d.delivered(2), d.failed(1)],
      ...[d.failed(1, { uncertain: true }), d.failed(2, { by: 'waystation' })],
      ...[d.retryScheduled(2, 9000), d.interrupted(1), d.abandoned(2), d.redriven(), d.succeeded(2, 2)],
    ],
  ],
  [
    'a notification',
    notificationDecider as Decider<unknown, never, NewEvent>,
    [
      NotificationRequested.of({
        ...{ notification: 'n', rule: 'All', channel: 'chat', event: 'error', studyInstanceUid: '1.2', revision: 1 },
        ...{ configurationVersion: 1, targets: [], details: '' },
      }),
      ...[1, 2].map((attempt) =>
        NotificationAttempted.of({
          ...{
            attempt,
            worker: 'w',
            channel: 'chat',
            configurationVersion: 1,
            identity: false,
            mayRepeat: attempt > 1,
          },
        }),
      ),
      NotificationSent.of({ attempt: 1, receipt: '204', durationMs: 1 }),
      NotificationFailed.of({
        ...{ attempt: 1, code: 'c', reason: 'r', retryable: true, by: 'waystation', uncertain: true },
      }),
      NotificationRetryScheduled.of({ attempt: 2, delayMs: 9000 }),
      NotificationAbandoned.of({ attempts: 2, code: 'c', reason: 'r' }),
      NotificationRedriven.of({ reason: '' }),
    ],
  ],
  [
    'a study',
    studyDecider as Decider<unknown, never, NewEvent>,
    [
      StudyOpened.of({ studyInstanceUid: '1.2' }),
      ...['1.2.1', '1.2.2'].map((seriesInstanceUid) =>
        StudySeriesAdded.of({ seriesInstanceUid, modality: 'CT', seriesDescription: '' }),
      ),
    ],
  ],
  [
    'the configuration',
    configurationDecider as Decider<unknown, never, NewEvent>,
    [1, 2].map((version) =>
      ConfigurationPublished.of({
        version,
        sha256: s.sha256(version),
        document: ConfigurationDocument.parse({ completion: { quietPeriodSeconds: version } }),
        author: 'r.huber',
        reason: 'a test',
      }),
    ),
  ],
];

describe.each(deciders)('%s', (_what, decider, events) => {
  // Any event may follow any other: what is in the log is never refused.
  const histories = fc.array(fc.constantFrom(...events), { maxLength: 30 }).map((list) => recordedInOrder(list));

  it('comes to the same state in one go and in two', () => {
    fc.assert(
      fc.property(histories, fc.nat(30), (history, cut) => {
        const known = fold(decider, history.slice(0, cut));
        expect(fold(decider, history.slice(cut), known)).toEqual(fold(decider, history));
      }),
    );
  });

  it('leaves the state before as it was: it may be cached, shared and folded on twice', () => {
    fc.assert(
      fc.property(histories, histories, (history, more) => {
        const state = fold(decider, history);
        const printed = JSON.stringify(state);
        fold(decider, more, state);
        expect(JSON.stringify(state)).toBe(printed);
      }),
    );
  });

  it('comes to the same state from events that were written down and read again', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const read = JSON.parse(JSON.stringify(history)) as typeof history;
        expect(fold(decider, read)).toEqual(fold(decider, history));
      }),
    );
  });

  it('has a timer that follows from the state alone', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const state = fold(decider, history);
        const due = decider.due(state);
        expect(decider.due(fold(decider, history))).toEqual(due);
        if (due !== undefined) expect(history.map(({ recordedtime }) => recordedtime)).toContain(due.since);
      }),
    );
  });
});
