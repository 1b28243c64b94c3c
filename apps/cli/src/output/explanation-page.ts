import type { CompletionExplained, DecisionExplained, DeliveryExplained, Explanation } from './explanation.js';
import { oneLine } from './one-line.js';

/** An explanation as a page for people; positions lead back into the history. */
export const explanationPage = (explanation: Explanation): readonly string[] => {
  const { seriesInstanceUid, studyInstanceUid, sender, revision, revisions, completion, next, decision } = explanation;
  return [
    `series    ${seriesInstanceUid}`,
    `study     ${studyInstanceUid}`,
    `sender    ${oneLine(sender)}`,
    `revision  ${revision === null ? 'none yet' : `${revision} of ${revisions}`}`,
    '',
    ...completionLines(completion),
    ...(next === null ? [] : ['', 'SINCE THEN', ...indented(completionBody(next))]),
    '',
    ...(decision === null ? ['DECIDED: not yet'] : decisionLines(decision)),
    ...explanation.deliveries.flatMap((delivery) => ['', ...deliveryLines(delivery)]),
  ];
};

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));
const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(3))} s`;

const completionLines = (completion: CompletionExplained): readonly string[] => [
  completion.completed === null
    ? 'COMPLETE: not yet'
    : `COMPLETE at ${completion.completed.recordedtime} (position ${completion.completed.position})`,
  ...indented(completionBody(completion)),
];

const completionBody = ({ because, lastArrival, ...counts }: CompletionExplained): readonly string[] => [
  because,
  `${counts.instances} objects, ${counts.newInstances} of them new; ${counts.arrivals} arrivals, at most ${seconds(counts.longestPauseMs)} apart`,
  ...(lastArrival === null
    ? []
    : [`the last arrival was ${lastArrival.sopInstanceUid} (position ${lastArrival.position}, ${lastArrival.type})`]),
];

const decisionLines = (decision: DecisionExplained): readonly string[] => {
  const { version, sha256, published } = decision.configuration;
  const by = published === null ? 'the empty one' : `published by ${published.author} at ${published.recordedtime}`;
  const reason = published === null || published.reason === '' ? '' : `: ${published.reason}`;
  return [
    `DECIDED at ${decision.recordedtime} (position ${decision.position}): ${decision.outcome}, because ${decision.because}`,
    ...indented([
      oneLine(`configuration ${version}, ${by}${reason}`),
      `  sha256 ${sha256}`,
      `the rules saw the header of ${decision.representative}`,
      ...decision.rules.flatMap(ruleLines),
    ]),
  ];
};

const ruleLines = (rule: DecisionExplained['rules'][number]): readonly string[] => [
  '',
  `rule '${rule.rule}'${rule.fallback ? ' (fallback)' : ''}: ${rule.verdict.toUpperCase()}, ${oneLine(rule.because)}`,
  `  ${rule.action}${rule.targets.length === 0 ? '' : ` to ${rule.targets.join(', ')}`} when ${oneLine(rule.condition)}`,
  ...rule.observations.map(({ expression, value }) => `    ${oneLine(expression)}  →  ${oneLine(value)}`),
];

const deliveryLines = (delivery: DeliveryExplained): readonly string[] => [
  `DELIVERY ${delivery.delivery} to ${delivery.target} (${oneLine(delivery.place)}): ${delivery.status}, ${delivery.delivered} of ${delivery.instances} objects`,
  ...indented([
    `because ${delivery.because}`,
    ...delivery.attempts.flatMap(attemptLines),
    ...delivery.redriven.map(({ recordedtime, position, author, reason }) =>
      oneLine(
        `to be tried again at ${recordedtime} (position ${position}) by ${author}${reason === '' ? '' : `: ${reason}`}`,
      ),
    ),
  ]),
];

const attemptLines = (attempt: DeliveryExplained['attempts'][number]): readonly string[] => [
  oneLine(
    `attempt ${attempt.attempt} at ${attempt.began.recordedtime} (position ${attempt.began.position}) by ${attempt.worker}: ${attempt.outcome}, ${attempt.delivered} delivered; ${attempt.because}`,
  ),
  ...(attempt.mayRepeat ? ['  some of what it sent may have been there already'] : []),
  ...attempt.refusals.map(({ sopInstanceUid, receipt }) => oneLine(`  ${sopInstanceUid}: ${receipt}`)),
  ...(attempt.nextAfterMs === null ? [] : [`  the next attempt ${seconds(attempt.nextAfterMs)} later`]),
];
