import {
  SubscriptionEventParked,
  SubscriptionRedeliveryRequested,
  SubscriptionResumed,
  SubscriptionStalled,
} from '@waystation/events';
import { recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { evolveSubscription, flowing, type SubscriptionEvent } from './subscription-state.js';

const after = (...events: readonly SubscriptionEvent[]) =>
  events
    .map((event) => recorded(event, { stream: 'subscription/ris', recordedtime: '2026-01-31T12:00:00.000Z' }))
    .reduce(evolveSubscription, flowing);

const stalled = SubscriptionStalled.of({ position: 7, attempts: 3, code: 'webhook.http-503', reason: 'answered 503' });
const parked = (position: number) =>
  SubscriptionEventParked.of({ position, code: 'webhook.http-422', reason: `no ${position}` });

describe('A subscription', () => {
  it('is stalled until its endpoint takes events again', () => {
    expect(after(stalled).stalled).toEqual({
      position: 7,
      since: '2026-01-31T12:00:00.000Z',
      code: 'webhook.http-503',
      reason: 'answered 503',
    });
    expect(after(stalled, SubscriptionResumed.of({ position: 7, attempts: 5 }))).toEqual(flowing);
  });

  it('keeps what was refused until somebody asks for it again', () => {
    expect(after(parked(8), parked(9)).parked).toEqual({ 8: 'no 8', 9: 'no 9' });
    const asked = SubscriptionRedeliveryRequested.of({ position: 8, reason: '' });
    expect(after(parked(8), parked(9), asked).parked).toEqual({ 9: 'no 9' });
    expect(after(parked(8), asked, parked(8)).parked).toEqual({ 8: 'no 8' });
  });
});
