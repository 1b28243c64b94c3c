import { StudyRouted } from '@waystation/events';
import { completionOf } from './deliveries-before.js';
import { planDeliveries } from './plan-deliveries.js';
import { planJobs } from './plan-jobs.js';
import type { RouteStudy } from './study-command.js';
import type { StudyEvent } from './study-event.js';
import type { StudyState } from './study-state.js';

/**
 * Decides which deliveries or which job follow from a completion. Once it is decided it stays so.
 * @throws CodedError `study.outdated`, see {@link planDeliveries}
 */
export const routeStudy = (state: StudyState, command: RouteStudy): readonly StudyEvent[] => {
  const { rule, revision } = command;
  const completion = completionOf(state, command);
  if (completion === undefined || completion.routed !== undefined) return [];
  const { requests, alreadyRequested } = planDeliveries(state, command);
  const jobs = planJobs(state, command).map(({ data: { job, module } }) => ({ job, module }));
  return [
    StudyRouted.of({
      rule,
      revision,
      configuration: completion.configuration,
      deliveries: requests.map(({ data }) => ({
        delivery: data.delivery,
        seriesInstanceUid: data.seriesInstanceUid,
        revision: data.revision,
        target: data.target,
      })),
      alreadyRequested: [...alreadyRequested],
      ...(jobs.length === 0 ? {} : { jobs }),
    }),
  ];
};
