import type { Facts, JobSucceeded, OutcomeVerdict, PlannedOutcome } from '@waystation/events';
import { askResult, type JobResult } from '@waystation/rules';

/** What the conditions on a result said. */
export interface AskedOutcomes {
  /** Those that were asked, in order; the last one is the one that holds, where one does. */
  readonly verdicts: readonly OutcomeVerdict[];
  readonly held: PlannedOutcome | undefined;
}

/** What conditions are asked about. @param success undefined where the job failed for good */
export const resultOf = (success: Pick<JobSucceeded['data'], 'status'> | undefined, findings: Facts): JobResult => ({
  status: success === undefined ? 'failed' : (success.status ?? 'success'),
  findings,
});

/** Asks the conditions of a step one after another, until one holds. Total, and the same for the same result. */
export const askOutcomes = (outcomes: readonly PlannedOutcome[], result: JobResult): AskedOutcomes => {
  const verdicts: OutcomeVerdict[] = [];
  for (const outcome of outcomes) {
    const verdict = askResult(outcome.when, result);
    verdicts.push(verdict);
    if (verdict.verdict === 'matched') return { verdicts, held: outcome };
  }
  return { verdicts, held: undefined };
};
