import { exampleDelivery, given, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { deliveryDecider } from './delivery-decider.js';
import type { DeliveryEvent } from './delivery-event.js';
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
        hold: undefined,
        releasedByOperator: false,
        predecessorOver: false,
        worker: undefined,
        mayRepeat: false,
        lastFailure: undefined,
        waitingSince: second(0),
        delayMs: 0,
        waitingPosition: 1,
        attemptPosition: undefined,
      })
      .thenDue({ queue: 'deliver/archive', since: second(0), afterMs: 0 });
  });

  it('is being attempted by a worker, and its timer stays as it is', () => {
    given(deliveryDecider, [d.requested(2), d.attempted(1)])
      .thenState({ status: 'attempting', attempt: 1, attemptsInRound: 1, worker: 'dispatch-1' })
      .thenDue({ queue: 'deliver/archive', since: second(0), afterMs: 0 });
  });

  it('knows which event made it wait and which one began the attempt, wherever they are in the log', () => {
    const at = (event: DeliveryEvent, sequence: number, position: number) => recorded(event, { sequence, position });
    const failed = [
      at(d.requested(2), 1, 40),
      at(d.attempted(1), 2, 45),
      at(d.failed(1), 3, 50),
      at(d.retryScheduled(2, 1), 4, 51),
    ];
    given(deliveryDecider, failed.slice(0, 2)).thenState({ waitingPosition: 40, attemptPosition: 45 });
    given(deliveryDecider, failed).thenState({ waitingPosition: 51, attemptPosition: 45 });
    given(deliveryDecider, [...failed, at(d.redriven(), 5, 60)]).thenState({ waitingPosition: 60 });
    given(deliveryDecider, [...failed, at(d.attempted(2), 5, 60), at(d.interrupted(2), 6, 70)]).thenState({
      waitingPosition: 70,
      attemptPosition: 60,
    });
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

  it('remembers the same when an attempt failed in doubt, whatever comes after', () => {
    const doubtful = [d.requested(2), d.attempted(1), d.failed(1, { uncertain: true }), d.retryScheduled(2, 1)];
    given(deliveryDecider, doubtful).thenState({ mayRepeat: true });
    given(deliveryDecider, [...doubtful, d.attempted(2, { mayRepeat: true }), d.failed(2)]).thenState({
      mayRepeat: true,
    });
    given(deliveryDecider, [d.requested(2), d.attempted(1), d.failed(1)]).thenState({ mayRepeat: false });
  });

  it('does not count an attempt that Waystation itself broke off', () => {
    const stopped = d.failed(1, { by: 'waystation' });
    given(deliveryDecider, [d.requested(2), d.attempted(1), stopped]).thenState({ attempt: 1, attemptsInRound: 0 });
    given(deliveryDecider, [d.requested(2), d.redriven(), stopped]).thenState({ attemptsInRound: 0 });
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
