import type { Instant } from '@waystation/kernel';

/** What a clock on the wall shows, in milliseconds as if it hung in Greenwich. */
export type WallTime = number;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

const shown = (at: number, timeZone: string): WallTime => {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const seconds = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return seconds + (at - Math.floor(at / 1000) * 1000);
};

/** What the clocks of a time zone show at an instant. */
export const wallTimeAt = (instant: Instant, timeZone: string): WallTime => shown(Date.parse(instant), timeZone);

/**
 * The first instant at which the clocks of a time zone show a time or a later one: of an hour that comes twice, the
 * first; where clocks are put forward over it, the moment at which they are.
 * @param wall whose offset changes at most once in the day before and the day after it
 */
export const instantWhen = (wall: WallTime, timeZone: string): Instant => {
  const [before, after] = [wall - DAY_MS, wall + DAY_MS];
  const offsets = [shown(before, timeZone) - before, shown(after, timeZone) - after];
  const exact = offsets.map((offset) => wall - offset).filter((at) => shown(at, timeZone) === wall);
  return new Date(exact.length > 0 ? Math.min(...exact) : changeBetween(before, after, timeZone)).toISOString();
};

/** The instant from which on the offset is the one at the end. */
const changeBetween = (begin: number, end: number, timeZone: string): number => {
  const offset = shown(end, timeZone) - end;
  let [low, high] = [begin, end];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shown(middle, timeZone) - middle === offset) high = middle;
    else low = middle;
  }
  return high;
};
