import { decisionsOfStudy, seriesDecider, studyDecider, type RuleDecision } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type DeliveryRequested } from '@waystation/events';

/**
 * The decisions that a delivery follows from, one for each rule, with no more deliveries than that rule asked for: that
 * about its series, and those about its study, which may have found it requested already.
 */
export const decisionsAskingFor = async (
  request: DeliveryRequested['data'],
  commands: CommandHandler,
): Promise<readonly RuleDecision[]> => {
  const { delivery, seriesInstanceUid, studyInstanceUid, revision } = request;
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
