import { exampleDelivery, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import type {
  DeliveryCommand,
  FinishAttempt,
  RecordReceipts,
  RedriveDelivery,
  StartAttempt,
} from './delivery-command.js';
import { deliveryDecider } from './delivery-decider.js';
import { laneOf } from './delivery-due.js';

const d = exampleDelivery;
const start = (worker = 'dispatch-1'): StartAttempt => ({
  kind: 'start-attempt',
  worker,
  configurationVersion: 1,
  now: '2026-01-01T12:00:00.000Z',
  offPeak: d.offPeak,
  retry: d.retry,
});
const record = (attempt: number, ...numbers: number[]): RecordReceipts => ({
  kind: 'record-receipts',
  attempt,
  receipts: numbers.map(d.receiptOf),
});
const redrive: RedriveDelivery = { kind: 'redrive-delivery', reason: 'the archive is back' };
const finish = (attempt: number): FinishAttempt => ({
  kind: 'finish-attempt',
  attempt,
  durationMs: 3,
  retry: d.retry,
  jitter: 0,
});

describe('an attempt', () => {
  it('is written down before a byte leaves', () => {
    given(deliveryDecider, [d.requested(2)])
      .when(start())
      .then([d.attempted(1)])
      .thenState({ status: 'attempting', worker: 'dispatch-1' });
  });

  it('is about the objects without a receipt', () => {
    given(deliveryDecider, [d.requested(3), d.attempted(1), d.delivered(1), d.failed(1), d.retryScheduled(2, 1)])
      .when(start('dispatch-2'))
      .then([d.attempted(2, { worker: 'dispatch-2', instances: 2 })]);
  });

  it('is about nothing where more was acknowledged than was to go', () => {
    given(deliveryDecider, [d.requested(1), d.attempted(1), d.delivered(1), d.delivered(2), d.interrupted(1)])
      .when(start())
      .then([d.attempted(2, { instances: 0, mayRepeat: true })]);
  });

  it.each([
    ['left objects in doubt', true],
    ['left nothing in doubt', false],
  ])('says whether it may repeat: the one before failed and %s', (_what, uncertain) => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1, { uncertain }), d.retryScheduled(2, 1)])
      .when(start())
      .then([d.attempted(2, { mayRepeat: uncertain })]);
  });

  it('names the configuration whose target it uses', () => {
    given(deliveryDecider, [d.requested(2)])
      .when({ ...start(), configurationVersion: 9 })
      .then([d.attempted(1, { configurationVersion: 9 })]);
  });

  it.each([
    ['succeeded', [d.requested(1), d.attempted(1), d.delivered(1), d.succeeded(1, 1)]],
    ['was abandoned', [d.requested(1), d.attempted(1), d.failed(1), d.abandoned(1)]],
  ])('is not begun where the delivery %s', (_what, history) => {
    given(deliveryDecider, history).when(start()).then([]);
  });
});

describe('an attempt whose worker vanished', () => {
  const history = [d.requested(2), d.attempted(1), d.delivered(1)];

  it('is found by the next worker, which sends what has no receipt and says that it may repeat', () => {
    given(deliveryDecider, history)
      .when(start('dispatch-2'))
      .then([d.interrupted(1), d.attempted(2, { worker: 'dispatch-2', instances: 1, mayRepeat: true })]);
  });

  it('has nothing left to send where every object had its receipt', () => {
    given(deliveryDecider, [...history, d.delivered(2)])
      .when(start('dispatch-2'))
      .then([d.interrupted(1), d.attempted(2, { worker: 'dispatch-2', instances: 0, mayRepeat: true })])
      .when(finish(2))
      .then([d.succeeded(2, 2, 3)]);
  });

  it('is not forgotten when the next attempt does not even connect: a later one may repeat as well', () => {
    const failure = { ...d.failed(2).data, by: 'target', uncertain: false } as const;
    given(deliveryDecider, history)
      .when(start('dispatch-2'))
      .when({ ...finish(2), failure })
      .when(start('dispatch-2'))
      .then([d.attempted(3, { worker: 'dispatch-2', instances: 1, mayRepeat: true })]);
  });

  it('is not forgotten in another round', () => {
    given(deliveryDecider, [
      ...history,
      d.interrupted(1),
      d.attempted(2, { mayRepeat: true }),
      d.failed(2),
      d.abandoned(2),
    ])
      .when(redrive)
      .when(start())
      .then([d.attempted(3, { instances: 1, mayRepeat: true })]);
  });

  it('is followed by another one only as often as the policy allows: what kills every worker is given up', () => {
    const vanishing = given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .when(start('dispatch-2'))
      .when(start('dispatch-1'));
    vanishing.thenState({ status: 'attempting', attempt: 3, attemptsInRound: 3 });
    vanishing
      .when(start('dispatch-4'))
      .then([
        d.interrupted(3, { foundBy: 'dispatch-4' }),
        d.abandoned(3, {
          code: 'delivery.interrupted-too-often',
          reason: 'the dispatcher vanished in the middle of attempt 3, the last of 3 that the policy allows',
        }),
      ])
      .thenState({ status: 'abandoned' })
      .thenDue(undefined);
  });

  it('counts among the attempts of its round together with those that failed', () => {
    const failedTwice = [d.failed(1), d.retryScheduled(2, 1), d.attempted(2), d.failed(2), d.retryScheduled(3, 1)];
    given(deliveryDecider, [d.requested(2), d.attempted(1), ...failedTwice, d.attempted(3)])
      .when(start('dispatch-2'))
      .then([
        d.interrupted(3),
        d.abandoned(3, {
          code: 'delivery.interrupted-too-often',
          reason: 'the dispatcher vanished in the middle of attempt 3, the last of 3 that the policy allows',
        }),
      ]);
  });

  it('is not the reason to give up where every object had its receipt', () => {
    const vanished = [d.attempted(1), d.interrupted(1), d.attempted(2), d.interrupted(2), d.attempted(3)];
    given(deliveryDecider, [d.requested(1), ...vanished, d.delivered(1, 3)])
      .when(start('dispatch-2'))
      .then([d.interrupted(3), d.attempted(4, { worker: 'dispatch-2', instances: 0, mayRepeat: true })])
      .when(finish(4))
      .then([d.succeeded(4, 1, 3)]);
  });

  it('leaves a delivery that somebody can ask for again', () => {
    const vanished = [d.attempted(1), d.interrupted(1), d.attempted(2), d.interrupted(2), d.attempted(3)];
    given(deliveryDecider, [d.requested(2), ...vanished])
      .when(start('dispatch-2'))
      .when(redrive)
      .when(start())
      .then([d.attempted(4, { mayRepeat: true })]);
  });

  it('has no say any more', () => {
    const found = [...history, d.interrupted(1), d.attempted(2, { worker: 'dispatch-2' })];
    given(deliveryDecider, found).when(record(1, 2)).thenThrows('delivery.superseded');
    given(deliveryDecider, found).when(finish(1)).thenThrows('delivery.superseded');
  });
});

describe('receipts', () => {
  const history = [d.requested(3), d.attempted(1)];

  it('are written down object by object', () => {
    given(deliveryDecider, history)
      .when(record(1, 1, 2))
      .then([d.delivered(1), d.delivered(2)]);
  });

  it('are written down once', () => {
    given(deliveryDecider, [...history, d.delivered(1)])
      .when(record(1, 1, 2))
      .then([d.delivered(2)]);
    given(deliveryDecider, history).when(record(1)).then([]);
  });

  it('are written down once where a batch holds the same object twice', () => {
    given(deliveryDecider, history)
      .when(record(1, 1, 1))
      .then([d.delivered(1)]);
  });

  it('do not move the timer that the worker holds', () => {
    given(deliveryDecider, history)
      .when(record(1, 1))
      .thenDue({ queue: 'deliver/archive', since: '2026-01-01T00:00:00.000Z', afterMs: 0 });
  });

  it('are not taken outside an attempt', () => {
    given(deliveryDecider, [d.requested(1)])
      .when(record(1, 1))
      .thenThrows('delivery.superseded');
    given(deliveryDecider, [...history, d.failed(1), d.retryScheduled(2, 1)])
      .when(record(1, 1))
      .thenThrows('delivery.superseded');
  });
});

describe('asking for another round', () => {
  it('makes a waiting delivery due at once', () => {
    given(deliveryDecider, [d.requested(1), d.attempted(1), d.failed(1), d.retryScheduled(2, 900_000)])
      .when(redrive)
      .then([d.redriven()])
      .thenDue({ queue: 'deliver/archive', since: '2026-01-01T00:00:04.000Z', afterMs: 0 });
  });

  it('revives an abandoned delivery', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.abandoned(1)])
      .when(redrive)
      .then([d.redriven()])
      .when(start())
      .then([d.attempted(2)]);
  });

  it.each([
    ['under way', [d.requested(1), d.attempted(1)]],
    ['done', [d.requested(1), d.attempted(1), d.delivered(1), d.succeeded(1, 1)]],
  ])('is refused while the delivery is %s', (_what, history) => {
    given(deliveryDecider, history).when(redrive).thenThrows('delivery.not-redrivable');
  });
});

it.each<DeliveryCommand>([start(), record(1, 1), finish(1), redrive])(
  'refuses to $kind where no delivery was requested',
  (command) => {
    given(deliveryDecider).when(command).thenThrows('delivery.unknown');
  },
);

it('refuses a command that it does not know', () => {
  const { state } = given(deliveryDecider, [d.requested(1)]);
  expect(() => deliveryDecider.decide(state, { kind: 'shred-delivery' } as never)).toThrow('shred-delivery');
});

it('gives every target a lane of its own', () => {
  expect([laneOf('archive'), laneOf('research')]).toEqual(['deliver/archive', 'deliver/research']);
});
