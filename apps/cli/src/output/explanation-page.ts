import type {
  CompletionExplained,
  DecisionExplained,
  DeliveryExplained,
  Explanation,
  JobExplained,
  StudyExplained,
} from '@waystation/answers';
import { plural } from '@waystation/kernel';
import { oneLine } from './one-line.js';
import { ruleLines } from './rule-lines.js';

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
    ...explanation.jobs.flatMap((job) => ['', ...jobLines(job)]),
    ...explanation.studies.flatMap((study) => ['', ...studyLines(study)]),
    ...keepingLines(explanation),
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
  `${plural(counts.instances, 'object')}, ${counts.newInstances} of them new; ${plural(counts.arrivals, 'arrival')}, at most ${seconds(counts.longestPauseMs)} apart`,
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
      ...decision.rules.flatMap((rule) => ['', ...ruleLines(rule)]),
    ]),
  ];
};

const deliveryLines = (delivery: DeliveryExplained): readonly string[] => [
  `DELIVERY ${delivery.delivery} to ${delivery.target} (${oneLine(delivery.place)}): ${delivery.status}, ${delivery.delivered} of ${plural(delivery.instances, 'object')}`,
  ...indented([
    `because ${delivery.because}`,
    ...delivery.waits.map(({ recordedtime, position, because }) =>
      oneLine(`${because} (at ${recordedtime}, position ${position})`),
    ),
    ...delivery.attempts.flatMap(attemptLines),
    ...delivery.redriven.map(({ recordedtime, position, author, reason }) =>
      oneLine(
        `to be tried again at ${recordedtime} (position ${position}) by ${author}${reason === '' ? '' : `: ${reason}`}`,
      ),
    ),
  ]),
];

const jobLines = (job: JobExplained): readonly string[] => [
  `JOB ${job.job} by ${job.module}: ${job.status}, ${plural(job.outputs, 'object')} made`,
  ...indented([
    oneLine(`because ${job.because}`),
    ...job.story.map(({ recordedtime, position, because }) =>
      oneLine(`${because} (at ${recordedtime}, position ${position})`),
    ),
    ...job.deliveries.flatMap((delivery) => ['', ...deliveryLines(delivery)]),
  ]),
];

const studyLines = ({ rule, revision, ground, because, deliveries, jobs }: StudyExplained): readonly string[] => {
  const at = ground === null ? '' : ` at ${ground.recordedtime} (position ${ground.position})`;
  return [
    oneLine(`WITH ITS STUDY for '${rule}'${revision === null ? ': not yet' : `, revision ${revision} of it${at}`}`),
    ...indented([
      oneLine(because),
      ...deliveries.flatMap((delivery) => ['', ...deliveryLines(delivery)]),
      ...jobs.flatMap((job) => ['', ...jobLines(job)]),
    ]),
  ];
};

const keepingLines = ({ keeping }: Explanation): readonly string[] =>
  keeping.length === 0
    ? []
    : [
        '',
        'KEPT',
        ...indented(
          keeping.map(({ recordedtime, position, because }) =>
            oneLine(`${because} (at ${recordedtime}, position ${position})`),
          ),
        ),
      ];

const attemptLines = (attempt: DeliveryExplained['attempts'][number]): readonly string[] => [
  oneLine(
    `attempt ${attempt.attempt} at ${attempt.began.recordedtime} (position ${attempt.began.position}) by ${attempt.worker}: ${attempt.outcome}, ${attempt.delivered} delivered; ${attempt.because}`,
  ),
  ...(attempt.mayRepeat ? ['  some of what it sent may have been there already'] : []),
  ...attempt.refusals.map(({ sopInstanceUid, receipt }) => oneLine(`  ${sopInstanceUid}: ${receipt}`)),
  ...(attempt.nextAfterMs === null ? [] : [`  the next attempt ${seconds(attempt.nextAfterMs)} later`]),
];
