import { decisionsOfStudy, jobDecider, seriesDecider, studyDecider, type RuleDecision } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { withProcessing } from './with-processing.js';

/** The decisions that a job follows from, each with no more than its rule asked for; none where somebody asked for the job. */
export const decisionsProcessing = async (commands: CommandHandler, job: string): Promise<readonly RuleDecision[]> => {
  const { state } = await commands.load(jobDecider, streamName.job(job));
  if (state.status === 'unknown' || state.request.rule === undefined) return [];
  const { rule, seriesInstanceUid, studyInstanceUid, revision } = state.request;
  const candidates =
    seriesInstanceUid === undefined
      ? decisionsOfStudy((await commands.load(studyDecider, streamName.study(studyInstanceUid))).state)
      : await decisionsOf(commands, { seriesInstanceUid, studyInstanceUid, revision });
  const decisions: RuleDecision[] = [];
  for (const candidate of candidates) {
    const jobs = (candidate.jobs ?? []).filter((one) => one.rule === rule);
    if (jobs.length === 0) continue;
    const found = await withProcessing(commands, { ...candidate, rules: [rule], jobs, deliveries: [] });
    if (found.jobs.includes(job)) decisions.push(found.decision);
  }
  return decisions;
};

const decisionsOf = async (
  commands: CommandHandler,
  about: Pick<RuleDecision, 'studyInstanceUid' | 'revision'> & { readonly seriesInstanceUid: string },
): Promise<readonly RuleDecision[]> => {
  const { state } = await commands.load(seriesDecider, streamName.series(about.seriesInstanceUid));
  if (state.status === 'unknown') return [];
  return state.decisions
    .filter(({ revision }) => revision === about.revision)
    .map(({ configuration, deliveries, jobs }) => ({
      ...about,
      configurationVersion: configuration.version,
      isDiscarded: false,
      rules: [],
      deliveries,
      jobs,
    }));
};
