import { CodedError, type Instant } from '@waystation/kernel';

/** ISO 8601 with a time zone, or a day in UTC. Without this anything would do that `Date` makes a guess at. */
const INSTANT = /^[1-9]\d{3}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** What somebody wrote for a moment, where it is no position. @throws CodedError `request.invalid` */
export const instantOf = (at: string): Instant => {
  const instant = new Date(at);
  if (INSTANT.test(at) && !Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new CodedError('request.invalid', `'${at}' is neither a position (1234) nor an instant (2026-01-31T12:00:00Z)`);
};
