import type { Completion } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { numberAt } from '../parts/values.js';

const STANDARD_SECONDS = 60;
const SHORTEST_SECONDS = 0.1;
const LONGEST_SECONDS = 86_400;

/** Seconds of silence, as long as Waystation takes them; told where they are not. */
export const quietSecondsAt = (part: Part, standard: number): number => {
  const seconds = numberAt(part, standard);
  const taken = Math.min(Math.max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS);
  if (taken !== seconds) part.changed(`it is ${taken} s: Waystation takes ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} s`);
  return taken;
};

/** When a series is complete: mercure has one time for all. */
export const importCompletion = (whole: Part): Pick<Completion, 'quietPeriodSeconds'> => {
  const part = whole.at('series_complete_trigger');
  const quietPeriodSeconds = quietSecondsAt(part, STANDARD_SECONDS);
  part.taken(`completion.quietPeriodSeconds is ${quietPeriodSeconds}`);
  return { quietPeriodSeconds };
};
