import { identityPlace } from '@waystation/events';
import type { PlacedIdentity } from '../series/series-facts.js';
import type { JobState } from './job-state.js';

/** What conditions are to be asked about when it is decided what follows from a job. */
export interface FindingsToAsk {
  readonly attempt: number;
  /** Undefined where the module found nothing. */
  readonly findings: PlacedIdentity | undefined;
}

/** What a job's last attempt found; undefined where no condition asks. */
export const findingsToAsk = (state: JobState): FindingsToAsk | undefined => {
  if (state.status === 'unknown' || state.request.outcomes === undefined) return undefined;
  const { attempt, request, successes } = state;
  const sealed = successes.find((one) => one.attempt === attempt)?.findings;
  const place = identityPlace.jobFindings(request.job, attempt);
  return { attempt, findings: sealed && { place, sealed } };
};
