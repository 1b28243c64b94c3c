import type { JobTimedOut } from '@waystation/events';

/** What is said of an attempt that took too long. */
export const timeoutReason = ({
  timeoutSeconds,
}: JobTimedOut['data']): { readonly code: string; readonly reason: string } => ({
  code: 'job.timed-out',
  reason: `the module was not done after ${timeoutSeconds} s, the longest that it may take`,
});
