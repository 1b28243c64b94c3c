import type { RetryPolicy } from '@waystation/events';

/**
 * Milliseconds until the attempt after `attempts` failed ones: exponential, capped, then shortened by up to half so
 * that deliveries which failed together do not come back together.
 * @param jitter a random number in [0, 1)
 */
export const retryDelayMs = (policy: RetryPolicy, attempts: number, jitter: number): number => {
  const grown = policy.firstDelaySeconds * policy.factor ** Math.max(0, attempts - 1);
  const capped = Math.min(grown, policy.longestDelaySeconds);
  return Math.round(capped * 1000 * (1 - jitter / 2));
};
