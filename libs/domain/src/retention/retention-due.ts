import type { Instant } from '@waystation/kernel';
import type { Due } from '../decider.js';
import type { Expiry } from './expiry.js';

/** Queue of the timers that ask whether objects are kept any longer. */
export const retentionQueue = 'retention';
/** Queue of the timers behind which the bytes of expired objects are erased. */
export const erasureQueue = 'erasure';
/** What the timers of that queue wait for: no stream, but another word of the configuration on how long objects are kept. */
export const retentionChanges = 'configuration/retention';

/** By then most of what was asked for is done, and the first look is not in vain. */
export const FIRST_LOOK_MS = 10_000;

/** When somebody has to look how long something is kept that was settled at a moment. */
export const lookAtRetention = (since: Instant): Due => ({
  queue: retentionQueue,
  since,
  afterMs: FIRST_LOOK_MS,
  waitsFor: retentionChanges,
});

/** When somebody has to erase what was let go; undefined where that is done. */
export const erasureDue = (expiries: readonly Expiry[]): Due | undefined => {
  const next = expiries.find(({ erased }) => !erased);
  return next && { queue: erasureQueue, since: next.at, afterMs: 0 };
};
