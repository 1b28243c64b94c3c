import type { OffPeakHours } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import { instantWhen, wallTimeAt, type WallTime } from './wall-clock.js';

const DAY_MS = 86_400_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A stretch of time, without its end. */
interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Whether off-peak work may begin at an instant. Hours begin and end when the clocks of their time zone first show the
 * time or a later one, so on a day of 23 or 25 hours they are as much shorter or longer as the day is.
 */
export const isOffPeak = (instant: Instant, hours: OffPeakHours): boolean => {
  const today = dayAt(instant, hours);
  return [today - DAY_MS, today].some((day) => {
    const stretch = hoursOf(day, hours);
    return stretch !== undefined && stretch.from <= instant && instant < stretch.to;
  });
};

/** When off-peak hours begin next after an instant. */
export const nextOffPeakStart = (instant: Instant, hours: OffPeakHours): Instant => {
  for (let day = dayAt(instant, hours) - DAY_MS; ; day += DAY_MS) {
    const stretch = hoursOf(day, hours);
    if (stretch !== undefined && stretch.from > instant) return stretch.from;
  }
};

/** Midnight before what the clocks show. */
const dayAt = (instant: Instant, { timeZone }: OffPeakHours): WallTime =>
  Math.floor(wallTimeAt(instant, timeZone) / DAY_MS) * DAY_MS;

/** The hours that begin on a day; none where it is not one of theirs, or where clocks are put forward over them. */
const hoursOf = (day: WallTime, { from, to, timeZone, days }: OffPeakHours): Stretch | undefined => {
  const weekday = weekdays[new Date(day).getUTCDay()];
  if (weekday === undefined || !days.includes(weekday) || isLeftOut(day, timeZone)) return undefined;
  const end = to > from ? day : day + DAY_MS;
  const stretch = {
    from: instantWhen(day + sinceMidnight(from), timeZone),
    to: instantWhen(end + sinceMidnight(to), timeZone),
  };
  return stretch.from < stretch.to ? stretch : undefined;
};

/** Whether clocks were put forward over a whole day, as Samoa did when it moved over the date line. */
const isLeftOut = (day: WallTime, timeZone: string): boolean =>
  wallTimeAt(instantWhen(day, timeZone), timeZone) >= day + DAY_MS;

/** @param time `22:00` */
const sinceMidnight = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return (hour * 60 + minute) * 60_000;
};
