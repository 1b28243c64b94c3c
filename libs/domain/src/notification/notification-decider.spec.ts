import {
  NotificationAbandoned,
  NotificationAttempted,
  NotificationFailed,
  NotificationRedriven,
  NotificationRequested,
  NotificationRetryScheduled,
  NotificationSent,
  RetryPolicy,
} from '@waystation/events';
import { given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { FinishNotifying, NotificationFailure, StartNotifying } from './notification-command.js';
import { laneOfChannel, notificationDecider } from './notification-decider.js';

const request: NotificationRequested['data'] = {
  notification: 'c0ffee00c0ffee00c0ff',
  rule: 'CT to archive',
  channel: 'on call',
  event: 'error',
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.1',
  revision: 1,
  configurationVersion: 7,
  targets: ['archive'],
  details: 'archive: given up',
};
const retry = RetryPolicy.parse({ attempts: 3, firstDelaySeconds: 10, factor: 2, longestDelaySeconds: 60 });
const requested = NotificationRequested.of(request);
const attempted = (attempt: number, changes: Partial<NotificationAttempted['data']> = {}) =>
  NotificationAttempted.of({
    attempt,
    worker: 'dispatch-1',
    channel: 'on call',
    configurationVersion: 9,
    identity: false,
    mayRepeat: false,
    ...changes,
  });
const timeout: NotificationFailure = {
  code: 'webhook.timeout',
  reason: 'no answer within 10 s',
  retryable: true,
  by: 'channel',
  uncertain: true,
  retryAfterMs: 0,
};
const { retryAfterMs: _, ...told } = timeout;
const failed = (attempt: number, changes: Partial<NotificationFailed['data']> = {}) =>
  NotificationFailed.of({ attempt, ...told, ...changes });
const retryScheduled = (attempt: number, delayMs: number) => NotificationRetryScheduled.of({ attempt, delayMs });
const start = (worker = 'dispatch-1'): StartNotifying => ({
  kind: 'start-notifying',
  worker,
  configurationVersion: 9,
  identity: false,
  retry,
});
const finish = (attempt: number, outcome: FinishNotifying['outcome'] = { receipt: '204' }): FinishNotifying => ({
  kind: 'finish-notifying',
  attempt,
  durationMs: 3,
  outcome,
  retry,
  jitter: 0,
});
const redrive = { kind: 'redrive-notification', reason: 'the chat is back' } as const;

describe('a notification', () => {
  it('is requested once, whoever asks how often', () => {
    given(notificationDecider)
      .when({ kind: 'request-notification', request })
      .then([requested])
      .thenDue({ queue: laneOfChannel('on call'), since: '2026-01-01T00:00:00.000Z', afterMs: 0 })
      .when({ kind: 'request-notification', request })
      .then([]);
    given(notificationDecider, [
      requested,
      attempted(1),
      NotificationSent.of({ attempt: 1, receipt: '204', durationMs: 3 }),
    ])
      .when({ kind: 'request-notification', request })
      .then([]);
  });

  it('is attempted, written down before a byte leaves, and sent', () => {
    given(notificationDecider, [requested])
      .when(start())
      .then([attempted(1)])
      .thenState({ status: 'attempting', worker: 'dispatch-1' })
      .when(finish(1))
      .then([NotificationSent.of({ attempt: 1, receipt: '204', durationMs: 3 })])
      .thenState({ status: 'sent' })
      .thenDue(undefined)
      .when(start())
      .then([]);
  });

  it('is tried again after growing delays, says that it may repeat, and is given up', () => {
    given(notificationDecider, [requested, attempted(1)])
      .when(finish(1, timeout))
      .then([failed(1), retryScheduled(2, 10_000)])
      .thenDue({ queue: 'notify/on call', since: '2026-01-01T00:00:03.000Z', afterMs: 10_000 })
      .when(start())
      .then([attempted(2, { mayRepeat: true })])
      .when(finish(2, { ...timeout, uncertain: false }))
      .then([failed(2, { uncertain: false }), retryScheduled(3, 20_000)])
      .when(start())
      .then([attempted(3, { mayRepeat: true })])
      .when(finish(3, timeout))
      .then([
        failed(3),
        NotificationAbandoned.of({ attempts: 3, code: 'webhook.timeout', reason: 'no answer within 10 s' }),
      ])
      .thenDue(undefined);
  });

  it('waits for as long as the other side asks, where that is longer', () => {
    given(notificationDecider, [requested, attempted(1)])
      .when(finish(1, { ...timeout, code: 'webhook.http-429', retryAfterMs: 30_000 }))
      .then([failed(1, { code: 'webhook.http-429' }), retryScheduled(2, 30_000)]);
  });

  it('is given up at once where trying again cannot help', () => {
    given(notificationDecider, [requested, attempted(1)])
      .when(finish(1, { ...timeout, retryable: false }))
      .then([
        failed(1, { retryable: false }),
        NotificationAbandoned.of({ attempts: 1, code: 'webhook.timeout', reason: 'no answer within 10 s' }),
      ]);
  });

  it('that Waystation broke off is tried again at once, and the attempt does not count', () => {
    given(notificationDecider, [requested, attempted(1), failed(1), retryScheduled(2, 1), attempted(2)])
      .when(finish(2, { ...timeout, by: 'waystation' }))
      .then([failed(2, { by: 'waystation' }), retryScheduled(3, 0)])
      .thenState({ attempt: 2, attemptsInRound: 1 });
  });
});

describe('a worker that vanished between the message and its receipt', () => {
  it('is found by the next, which sends it again and says so', () => {
    given(notificationDecider, [requested, attempted(1)])
      .when(start('dispatch-2'))
      .then([attempted(2, { worker: 'dispatch-2', mayRepeat: true, takenOverFrom: 'dispatch-1' })]);
  });

  it('has no say any more', () => {
    given(notificationDecider, [requested, attempted(1), attempted(2, { worker: 'dispatch-2' })])
      .when(finish(1))
      .thenThrows('notification.superseded');
  });

  it('is followed by another only as often as the policy allows', () => {
    given(notificationDecider, [requested, attempted(1), attempted(2), attempted(3)])
      .when(start('dispatch-2'))
      .then([
        NotificationAbandoned.of({
          attempts: 3,
          code: 'notification.interrupted-too-often',
          reason: 'the worker vanished in the middle of attempt 3, the last of 3 that the policy allows',
        }),
      ])
      .thenState({ status: 'abandoned' });
  });
});

describe('asking for another round', () => {
  it('makes one that waits, or was given up, due at once with all its attempts', () => {
    const history = [requested, attempted(1), failed(1), retryScheduled(2, 900_000)];
    given(notificationDecider, history)
      .when(redrive)
      .then([NotificationRedriven.of({ reason: 'the chat is back' })])
      .thenDue({ queue: 'notify/on call', since: '2026-01-01T00:00:04.000Z', afterMs: 0 })
      .thenState({ attemptsInRound: 0 });
    const abandoned = NotificationAbandoned.of({ attempts: 1, code: 'webhook.timeout', reason: '' });
    given(notificationDecider, [requested, attempted(1), failed(1), abandoned])
      .when(redrive)
      .when(start())
      .then([attempted(2, { mayRepeat: true })]);
  });

  it('is refused for one that was sent, is being sent, or is not there', () => {
    given(notificationDecider, [requested, attempted(1)])
      .when(redrive)
      .thenThrows('notification.not-redrivable');
    const sent = NotificationSent.of({ attempt: 1, receipt: '204', durationMs: 3 });
    given(notificationDecider, [requested, attempted(1), sent])
      .when(redrive)
      .thenThrows('notification.not-redrivable');
    given(notificationDecider).when(redrive).thenThrows('notification.unknown');
    given(notificationDecider).when(start()).thenThrows('notification.unknown');
  });
});

it('every event it writes is one that the catalogue takes', () => {
  const { history } = given(notificationDecider, [requested, attempted(1)]).when(finish(1, timeout));
  const schemas = {
    'notification.failed.v1': NotificationFailed.schema,
    'notification.requested.v1': NotificationRequested.schema,
  };
  for (const { type, data } of history)
    expect(schemas[type as keyof typeof schemas]?.safeParse(data).error).toBeUndefined();
});
