import type { DifferentJob } from '@waystation/answers';
import { oneLine } from './one-line.js';

/** What would follow otherwise from a job: which it is, by what, and why. */
export const jobDifferenceLines = (difference: DifferentJob): readonly string[] => {
  const { position, recordedtime, job, module, rule, was, would, because } = difference;
  const [before, after] = [was, would].map(thingsOf);
  const inside = [
    ...(was.outcome === would.outcome ? [] : [`${was.outcome} → ${would.outcome}`]),
    ...(before ?? []).filter((thing) => after?.includes(thing) === false).map((thing) => `- ${thing}`),
    ...(after ?? []).filter((thing) => before?.includes(thing) === false).map((thing) => `+ ${thing}`),
    `${rule}: ${because.was} → ${because.would}`,
  ];
  const place = `job ${job} of ${module}, by what it found`;
  return [`${position}  ${recordedtime}  ${place}`, ...inside.map((line) => `  ${oneLine(line)}`)];
};

const thingsOf = ({ targets, next, notify }: DifferentJob['was']): readonly string[] => [
  ...targets.map(({ target, brings }) => (brings === 'output' ? target : `${target} (what came in)`)),
  ...(next === undefined ? [] : [`processed by ${next} next; what that finds is not known`]),
  ...(notify ? ['tells what is requested'] : []),
];
