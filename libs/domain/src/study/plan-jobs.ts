import { JobRequested, streamName } from '@waystation/events';
import { firstJobId } from '../job/job-ids.js';
import { firstStepOf, processes } from '../job/planned-steps.js';
import { receivedInput } from '../series/jobs-for.js';
import { completionOf, followedRule } from './deliveries-before.js';
import type { RouteStudy } from './study-command.js';
import type { StudyState } from './study-state.js';
import { whatGoes } from './what-goes.js';

/** The job of a completed study: one over all that the completion brings. None where its rule has nothing processed. */
export const planJobs = (state: StudyState, command: RouteStudy): readonly JobRequested[] => {
  const completion = completionOf(state, command);
  const rule = completion && followedRule(command, completion, command.document);
  if (completion === undefined || rule === undefined || !processes(rule)) return [];
  const going = whatGoes(state, command, rule, completion.series);
  const senders = going.map(({ series }) => series.source.callingAeTitle);
  const step = firstStepOf(rule, command.document, senders);
  const [first, ...others] = going
    .map(({ series, revision, isWhole }) => receivedInput(series, revision, { late: isWhole ? 'whole' : 'delta' }))
    .filter(({ instances }) => instances.count > 0);
  if (step === undefined || first === undefined) return [];
  const { studyInstanceUid } = state;
  const { revision } = command;
  const about = { stream: `${streamName.study(studyInstanceUid)} ${command.rule}`, revision };
  return [
    JobRequested.of({
      job: firstJobId(about, rule.name),
      ...step,
      rule: rule.name,
      step: 0,
      ...(rule.priority === 'normal' ? {} : { priority: rule.priority }),
      configuration: completion.configuration,
      studyInstanceUid,
      revision,
      input: [first, ...others],
    }),
  ];
};
