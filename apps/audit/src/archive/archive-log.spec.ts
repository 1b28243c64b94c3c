import { expect, it } from 'vitest';
import { orderOf } from './archive-log.js';

it('orders what the policy says, and says so in the log', () => {
  const now = '2026-03-31T12:00:00.000Z';
  const policy = { segmentEvents: 100, afterDays: 30, detachAfterDays: 60, dropAfterDays: 90 };
  expect(orderOf(policy, now)).toEqual({
    archiveBefore: '2026-03-01T12:00:00.000Z',
    detachBefore: '2026-01-30T12:00:00.000Z',
    dropBefore: '2025-12-31T12:00:00.000Z',
    actor: { kind: 'service', name: 'audit' },
    reason: 'archive after 30 days, detach after 60, drop after 90',
  });
  expect(orderOf({ ...policy, detachAfterDays: undefined, dropAfterDays: undefined }, now)).toMatchObject({
    detachBefore: undefined,
    dropBefore: undefined,
    reason: 'archive after 30 days',
  });
});
