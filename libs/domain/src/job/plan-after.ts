import type { JobPlan, JobRequested, JobRouted, PlannedOutcome } from '@waystation/events';

/** The plan as it goes on where a condition on the result holds; as it was where none does. */
export const planWith = (plan: JobPlan, held: PlannedOutcome | undefined): JobPlan =>
  held === undefined
    ? plan
    : {
        ...plan,
        targets: held.targets ?? plan.targets,
        originals: held.originals ?? plan.originals,
        steps: held.steps ?? plan.steps,
      };

/** The plan as it went on after a decision: each verdict is about the outcome in the same place. */
export const planAfter = (
  { plan, outcomes = [] }: Pick<JobRequested['data'], 'plan' | 'outcomes'>,
  { outcomes: verdicts = [] }: Pick<JobRouted['data'], 'outcomes'>,
): JobPlan => planWith(plan, outcomes[verdicts.findIndex(({ verdict }) => verdict === 'matched')]);
