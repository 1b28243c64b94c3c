import { RetryPolicy } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry-delay.js';

const policy = RetryPolicy.parse({ firstDelaySeconds: 5, factor: 2, longestDelaySeconds: 60 });

describe('retryDelayMs', () => {
  it('doubles with every failed attempt until it is as long as it gets', () => {
    expect([1, 2, 3, 4, 5, 6, 100].map((attempts) => retryDelayMs(policy, attempts, 0))).toEqual([
      5000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('is shortened by half at most', () => {
    expect(retryDelayMs(policy, 1, 0.5)).toBe(3750);
    expect(retryDelayMs(policy, 1, 0.999_999)).toBe(2500);
  });

  it('is never longer than the longest delay, not even the first', () => {
    expect(retryDelayMs({ ...policy, firstDelaySeconds: 600 }, 1, 0)).toBe(60_000);
  });

  const seconds = fc.double({ min: 0.05, max: 86_400, noNaN: true });
  const policies = fc.record({
    attempts: fc.integer({ min: 1, max: 1000 }),
    firstDelaySeconds: seconds,
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    longestDelaySeconds: seconds,
  });
  const jitters = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const attempts = fc.integer({ min: 1, max: 1000 });

  it('stays a whole number between half and the whole of the delay, for every policy that can be published', () => {
    fc.assert(
      fc.property(policies, attempts, jitters, (any, attempt, jitter) => {
        const whole = retryDelayMs(any, attempt, 0);
        const delay = retryDelayMs(any, attempt, jitter);
        expect(RetryPolicy.safeParse(any).success).toBe(true);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(whole / 2));
        expect(delay).toBeLessThanOrEqual(whole);
        expect(whole).toBeLessThanOrEqual(Math.round(any.longestDelaySeconds * 1000));
        expect(delay).toBeGreaterThan(0);
      }),
    );
  });

  it('never shrinks from one attempt to the next', () => {
    fc.assert(
      fc.property(policies, attempts, jitters, (any, attempt, jitter) => {
        expect(retryDelayMs(any, attempt + 1, jitter)).toBeGreaterThanOrEqual(retryDelayMs(any, attempt, jitter));
      }),
    );
  });
});
