import { decisionsOfStudy, seriesDecider, studyDecider, type RuleDecision } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type DeliveryRequested } from '@waystation/events';
import { decisionsProcessing } from './decisions-processing.js';

/**
 * The decisions that a delivery follows from, one for each rule, with no more deliveries than that rule asked for: that
 * about its series, and those about its study, which may have found it requested already. Of a delivery that follows from
 * a job those that the job follows from.
 */
export const decisionsAskingFor = async (
  request: DeliveryRequested['data'],
  commands: CommandHandler,
): Promise<readonly RuleDecision[]> => {
  const { delivery, job, seriesInstanceUid, studyInstanceUid, revision } = request;
  if (job !== undefined) return decisionsProcessing(commands, job);
  const { state } = await commands.load(seriesDecider, streamName.series(seriesInstanceUid));
  const decided =
    state.status === 'unknown' ? [] : state.decisions.filter((decision) => decision.revision === revision);
  const ofSeries = decided.map(({ configuration, deliveries }): RuleDecision => ({
    studyInstanceUid,
    seriesInstanceUid,
    revision,
    configurationVersion: configuration.version,
    isDiscarded: false,
    rules: deliveries.find((each) => each.delivery === delivery)?.rules ?? [],
    deliveries,
  }));
  const { state: study } = await commands.load(studyDecider, streamName.study(studyInstanceUid));
  return [...ofSeries, ...decisionsOfStudy(study)]
    .filter(({ deliveries }) => deliveries.some((each) => each.delivery === delivery))
    .flatMap((decision) => decision.rules.map((rule) => onlyOf(decision, rule)));
};

const onlyOf = (decision: RuleDecision, rule: string): RuleDecision => ({
  ...decision,
  rules: [rule],
  deliveries: decision.deliveries.filter(({ rules }) => rules.includes(rule)),
});
