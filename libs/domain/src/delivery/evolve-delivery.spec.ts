import { exampleDelivery, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { deliveryDecider } from './delivery-decider.js';
import type { DeliveryState } from './delivery-state.js';

const d = exampleDelivery;
const second = (n: number) => `2026-01-01T00:00:0${n}.000Z`;
const receiptsOf = (state: DeliveryState) =>
  state.status === 'unknown' ? undefined : Object.fromEntries(state.receipts);

describe('a delivery', () => {
  it('waits from the moment it is requested, due at once', () => {
    given(deliveryDecider, [d.requested(2)])
      .thenState({
        status: 'waiting',
        request: d.requested(2).data,
        attempt: 0,
        attemptsInRound: 0,
        worker: undefined,
        mayRepeat: false,
        lastFailure: undefined,
        waitingSince: second(0),
        delayMs: 0,
      })
      .thenDue({ queue: 'deliver/archive', since: second(0), afterMs: 0 });
  });

  it('is being attempted by a worker, and its timer stays as it is', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .thenState({ status: 'attempting', attempt: 1, attemptsInRound: 1, worker: 'dispatch-1' })
      .thenDue({ queue: 'deliver/archive', since: second(0), afterMs: 0 });
  });

  it('keeps the receipt of every object', () => {
    const { state } = given(deliveryDecider, [d.requested(2), d.attempted(1), d.delivered(1), d.delivered(2)]);
    const [one, two] = [d.receiptOf(1), d.receiptOf(2)];
    expect(receiptsOf(state)).toEqual({ [one.sopInstanceUid]: '0x0000', [two.sopInstanceUid]: '0x0000' });
  });

  it('has succeeded and asks for nothing more', () => {
    given(deliveryDecider, [d.requested(1), d.attempted(1), d.delivered(1), d.succeeded(1, 1)])
      .thenState({ status: 'succeeded' })
      .thenDue(undefined);
  });

  it('waits for its next attempt after one that failed, and knows why', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.retryScheduled(2, 9000)])
      .thenState({
        status: 'waiting',
        attempt: 1,
        attemptsInRound: 1,
        lastFailure: { code: 'dicom.connection-refused', reason: 'nobody listens at 10.0.0.9:104' },
        waitingSince: second(3),
        delayMs: 9000,
      })
      .thenDue({ queue: 'deliver/archive', since: second(3), afterMs: 9000 });
  });

  it('is abandoned and asks for nothing more', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.abandoned(1)])
      .thenState({ status: 'abandoned', attempt: 1 })
      .thenDue(undefined);
  });

  it('begins a new round at once when somebody asks for it', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1), d.abandoned(1), d.redriven()])
      .thenState({ status: 'waiting', attempt: 1, attemptsInRound: 0, waitingSince: second(4), delayMs: 0 })
      .thenDue({ queue: 'deliver/archive', since: second(4), afterMs: 0 });
  });

  it('remembers that objects may have arrived when its worker vanished, until it has succeeded', () => {
    const interrupted = [d.requested(2), d.attempted(1), d.interrupted(1)];
    given(deliveryDecider, interrupted).thenState({ status: 'waiting', mayRepeat: true });
    given(deliveryDecider, [...interrupted, d.attempted(2, { mayRepeat: true })]).thenState({
      status: 'attempting',
      attempt: 2,
      mayRepeat: true,
    });
    given(deliveryDecider, [...interrupted, d.attempted(2, { mayRepeat: true }), d.failed(2)]).thenState({
      mayRepeat: true,
    });
  });

  it('counts attempts over all rounds, and those of the round', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.abandoned(1), d.redriven(), d.attempted(2)]).thenState({
      attempt: 2,
      attemptsInRound: 1,
    });
  });

  it('stays unknown until it is requested', () => {
    const others = [d.attempted(1), d.delivered(1), d.failed(1), d.retryScheduled(2, 1), d.interrupted(1)];
    given(deliveryDecider, [...others, d.abandoned(1), d.redriven(), d.succeeded(1, 1)])
      .thenState({ status: 'unknown' })
      .thenDue(undefined);
  });
});
