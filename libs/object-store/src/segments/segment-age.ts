const DAY_MS = 86_400_000;
/** Days after the one in its name on which a segment is written to. */
const WRITTEN_FOR = 1;
/** From this day on nobody has written to it for long: clocks and days may differ that much. */
const AT_REST_AFTER = 4;

/** Name of a segment that begins now. @param rest that no other has */
export const segmentName = (now: Date, rest: string): string => `${now.toISOString().slice(0, 10)}-${rest}`;

/** Whether a segment is too old to be written to: whoever writes it begins another one. */
export const isWrittenOut = (name: string, now: Date): boolean => daysSince(name, now) > WRITTEN_FOR;

/** Whether nobody writes to a segment any more, in whatever process: it may be removed once it holds nothing. */
export const isAtRest = (name: string, now: Date): boolean => daysSince(name, now) >= AT_REST_AFTER;

/** Not a number where the name begins with no day: such a file is left alone. */
const daysSince = (name: string, now: Date): number =>
  (Date.parse(now.toISOString().slice(0, 10)) - Date.parse(name.slice(0, 10))) / DAY_MS;
