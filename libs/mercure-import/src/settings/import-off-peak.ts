import type { OffPeakHours } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { textAt } from '../parts/values.js';

const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(:\d\d)?$/;

const hourAt = (part: Part, standard: string, timeZone: string): string => {
  const text = textAt(part, standard).trim();
  const [, hour, minute] = timeOfDay.exec(text) ?? [];
  if (hour === undefined || minute === undefined) {
    part.notTaken(`it is no time of day such as 22:00; it is ${standard} in its place`);
    return standard;
  }
  const time = `${hour.padStart(2, '0')}:${minute}`;
  if (time === text) part.taken(`schedule.offPeak has it, as a time of ${timeZone}`);
  else part.changed(`schedule.offPeak has it as ${time}, a time of ${timeZone}`);
  return time;
};

/** The hours of off-peak work. mercure means the clock of its server: which that is its configuration does not say. */
export const importOffPeak = (whole: Part, timeZone: string): Pick<OffPeakHours, 'from' | 'to' | 'timeZone'> => ({
  from: hourAt(whole.at('offpeak_start'), '22:00', timeZone),
  to: hourAt(whole.at('offpeak_end'), '06:00', timeZone),
  timeZone,
});
