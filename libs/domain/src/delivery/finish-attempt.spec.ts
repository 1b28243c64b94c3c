import { DeliveryFailed } from '@waystation/events';
import { exampleDelivery, exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type { FinishAttempt } from './delivery-command.js';
import { deliveryDecider } from './delivery-decider.js';

const d = exampleDelivery;
const refusedConnection = {
  code: 'dicom.connection-refused',
  reason: 'nobody listens at 10.0.0.9:104',
  retryable: true,
  by: 'target',
  uncertain: false,
  refusals: [],
} as const;
const timeout = {
  ...refusedConnection,
  code: 'dicom-network.timeout',
  reason: 'no answer within 30 s',
  uncertain: true,
};
const stopped = {
  ...refusedConnection,
  code: 'dispatch.stopped',
  reason: 'the dispatcher was stopped',
  by: 'waystation',
  atOnce: true,
  uncertain: true,
} as const;
const finish = (attempt: number, more: Partial<FinishAttempt> = {}): FinishAttempt => ({
  kind: 'finish-attempt',
  attempt,
  durationMs: 1200,
  retry: d.retry,
  jitter: 0,
  ...more,
});

describe('an attempt with a receipt for every object', () => {
  const history = [d.requested(2), d.attempted(1), d.delivered(1), d.delivered(2)];

  it('succeeds', () => {
    given(deliveryDecider, history)
      .when(finish(1))
      .then([d.succeeded(1, 2)])
      .thenDue(undefined);
  });

  it('succeeds even where the goodbye went wrong', () => {
    given(deliveryDecider, history)
      .when(finish(1, { failure: refusedConnection }))
      .then([d.succeeded(1, 2)]);
  });

  it('succeeds with receipts of several attempts', () => {
    const rounds = [d.requested(2), d.attempted(1), d.delivered(1), d.failed(1), d.retryScheduled(2, 1)];
    given(deliveryDecider, [...rounds, d.attempted(2), d.delivered(2, 2)])
      .when(finish(2))
      .then([d.succeeded(2, 2)]);
  });
});

describe('an attempt with more receipts than objects', () => {
  it('succeeds: nothing remains, and never less than that', () => {
    given(deliveryDecider, [d.requested(1), d.attempted(1), d.delivered(1), d.delivered(2)])
      .when(finish(1, { failure: refusedConnection }))
      .then([d.succeeded(1, 2)]);
  });
});

describe('an attempt that failed', () => {
  it('is followed by another one after a delay', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.delivered(1)])
      .when(finish(1, { failure: refusedConnection }))
      .then([d.failed(1, { delivered: 1, remaining: 1 }), d.retryScheduled(2, 10_000)])
      .thenState({ status: 'waiting' })
      .thenDue({ queue: 'deliver/archive', since: '2026-01-01T00:00:04.000Z', afterMs: 10_000 });
  });

  it('says that objects lack a receipt where nobody says why', () => {
    given(deliveryDecider, [d.requested(3), d.attempted(1), d.delivered(1)])
      .when(finish(1))
      .then([
        d.failed(1, {
          code: 'delivery.incomplete',
          reason: 'no receipt for 2 of 3 objects',
          uncertain: true,
          delivered: 1,
          remaining: 2,
        }),
        d.retryScheduled(2, 10_000),
      ]);
  });

  it('leaves in doubt what was sent and not answered: the next one may repeat it', () => {
    const { code, reason } = timeout;
    given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .when(finish(1, { failure: timeout }))
      .then([d.failed(1, { code, reason, uncertain: true }), d.retryScheduled(2, 10_000)])
      .thenState({ mayRepeat: true });
  });

  it('waits longer each time, and shorter by chance', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.retryScheduled(2, 1), d.attempted(2)])
      .when(finish(2, { failure: refusedConnection, jitter: 0.5 }))
      .then([d.failed(2), d.retryScheduled(3, 15_000)]);
  });

  it('is the last one after as many as the policy allows', () => {
    const two = [
      d.attempted(1),
      d.failed(1),
      d.retryScheduled(2, 1),
      d.attempted(2),
      d.failed(2),
      d.retryScheduled(3, 1),
    ];
    given(deliveryDecider, [d.requested(2), ...two, d.attempted(3)])
      .when(finish(3, { failure: refusedConnection }))
      .then([d.failed(3), d.abandoned(3)])
      .thenState({ status: 'abandoned' })
      .thenDue(undefined);
  });

  it('is the last one where another cannot help', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .when(finish(1, { failure: { ...refusedConnection, retryable: false } }))
      .then([d.failed(1, { retryable: false }), d.abandoned(1)]);
  });

  it('counts attempts anew after somebody asked for another round', () => {
    const first = [d.attempted(1), d.attempted(2), d.attempted(3), d.failed(3), d.abandoned(3), d.redriven()];
    given(deliveryDecider, [d.requested(2), ...first, d.attempted(4)])
      .when(finish(4, { failure: refusedConnection }))
      .then([d.failed(4), d.retryScheduled(5, 10_000)]);
  });

  it('keeps the first twenty refusals of the target', () => {
    const refusals = Array.from({ length: 30 }, (_, n) => ({
      sopInstanceUid: exampleSeries.sopInstanceUid(n),
      receipt: '0xa700',
    }));
    const { events } = given(deliveryDecider, [d.requested(30), d.attempted(1)]).when(
      finish(1, { failure: { ...refusedConnection, refusals } }),
    );
    const [failed] = events;
    expect(failed?.data).toMatchObject({ refusals: refusals.slice(0, 20) });
    expect(DeliveryFailed.schema.safeParse(failed?.data).error).toBeUndefined();
  });
});

describe('an attempt that Waystation itself broke off', () => {
  const { code, reason } = stopped;
  const brokenOff = (attempt: number) => d.failed(attempt, { code, reason, by: 'waystation', uncertain: true });

  it('is followed by another one at once', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .when(finish(1, { failure: stopped }))
      .then([brokenOff(1), d.retryScheduled(2, 0)])
      .thenDue({ queue: 'deliver/archive', since: '2026-01-01T00:00:03.000Z', afterMs: 0 });
  });

  it('does not count towards the attempts of the round', () => {
    const two = [d.attempted(1), d.failed(1), d.retryScheduled(2, 1), d.attempted(2), d.failed(2)];
    given(deliveryDecider, [d.requested(2), ...two, d.retryScheduled(3, 1), d.attempted(3)])
      .when(finish(3, { failure: stopped }))
      .then([brokenOff(3), d.retryScheduled(4, 0)])
      .thenState({ attempt: 3, attemptsInRound: 2 });
  });

  it('leaves the delays of the others as they are', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), brokenOff(1), d.retryScheduled(2, 0), d.attempted(2)])
      .when(finish(2, { failure: refusedConnection }))
      .then([d.failed(2), d.retryScheduled(3, 10_000)]);
  });
});

describe('an attempt that failed because Waystation lacked its log or its objects', () => {
  const away = { ...stopped, atOnce: false, code: 'object-store.unavailable', reason: 'S3 is away' };

  it('is followed by another one after the first delay, however often, and does not count', () => {
    const failed = d.failed(4, { code: away.code, reason: away.reason, by: 'waystation', uncertain: true });
    given(deliveryDecider, [d.requested(2), ...[1, 2, 3].flatMap((n) => [d.attempted(n), failed]), d.attempted(4)])
      .when(finish(4, { failure: away }))
      .then([failed, d.retryScheduled(5, 10_000)])
      .thenState({ attempt: 4, attemptsInRound: 0 });
  });
});

describe('an attempt that is not the one under way', () => {
  it.each([
    ['was found dead meanwhile', [d.requested(1), d.attempted(1), d.interrupted(1), d.attempted(2)], 1],
    ['failed already', [d.requested(1), d.attempted(1), d.failed(1), d.retryScheduled(2, 1)], 1],
    ['succeeded already', [d.requested(1), d.attempted(1), d.delivered(1), d.succeeded(1, 1)], 1],
    ['never began', [d.requested(1), d.attempted(1)], 2],
  ])('cannot be finished: it %s', (_what, history, attempt) => {
    given(deliveryDecider, history).when(finish(attempt)).thenThrows('delivery.superseded');
  });
});
