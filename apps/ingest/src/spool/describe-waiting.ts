import type { SpoolTotals } from './spool-progress.js';

/** What waits in the spool, in words. */
export const describeWaiting = ({ objects, bytes, oldestAt }: SpoolTotals, now = Date.now()): string => {
  if (objects === 0) return 'nothing waits in the spool';
  const many = objects === 1 ? '1 object waits' : `${objects} objects wait`;
  return `${many} in the spool (${(bytes / 1e6).toFixed(1)} MB), the first for ${secondsSince(oldestAt, now)} s`;
};

/** Whole seconds since something happened; 0 where it did not. */
export const secondsSince = (at: number | undefined, now = Date.now()): number =>
  at === undefined ? 0 : Math.max(0, Math.round((now - at) / 1000));
