import { z } from 'zod';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day: 22:00');
const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

/** A time of the IANA database that this machine knows. */
const TimeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'a time zone of the IANA database: Europe/Berlin');

/** The hours at which off-peak work is done; over midnight where `to` is not after `from`, all day where both are equal. */
export const OffPeakHours = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  timeZone: TimeZone.default('UTC'),
  /** Days on which it begins. */
  days: z.array(weekday).min(1).default(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
});
export type OffPeakHours = Readonly<z.infer<typeof OffPeakHours>>;

/** When what is done. */
export const Schedule = z.strictObject({
  /** When rules of priority `off-peak` are followed. */
  offPeak: OffPeakHours.prefault({ from: '22:00', to: '06:00' }),
});
export type Schedule = Readonly<z.infer<typeof Schedule>>;
