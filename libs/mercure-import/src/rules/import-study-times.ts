import type { Part } from '../parts/part.js';
import { numberAt } from '../parts/values.js';
import { quietSecondsAt } from '../settings/import-completion.js';
import type { StudyTimes } from './rule-context.js';

const STANDARD_QUIET_SECONDS = 900;
const STANDARD_FORCE_SECONDS = 5400;
const LONGEST_SECONDS = 31_536_000;

/** When studies are complete, and when they are forced. */
export const importStudyTimes = (whole: Part): StudyTimes => {
  const quiet = whole.at('study_complete_trigger');
  const force = whole.at('study_forcecomplete_trigger');
  const quietPeriodSeconds = quietSecondsAt(quiet, STANDARD_QUIET_SECONDS);
  const seconds = numberAt(force, STANDARD_FORCE_SECONDS);
  const forceAfterSeconds = Math.min(Math.max(seconds, 1), LONGEST_SECONDS);
  if (forceAfterSeconds !== seconds)
    force.changed(`it is ${forceAfterSeconds} s: Waystation takes 1 to ${LONGEST_SECONDS} s`);
  quiet.taken(`study.quietPeriodSeconds of every study rule is ${quietPeriodSeconds}`);
  force.taken(`study.forceAfterSeconds of every study rule is ${forceAfterSeconds}`);
  return { quietPeriodSeconds, forceAfterSeconds };
};
