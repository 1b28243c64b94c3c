import { markdown, median, short } from '../report.mjs';
import { cases } from './cases.mjs';

const head = [
  ...['case', 'p50 ms (rounds)', 'p95 ms', 'ratio', 'more ms'],
  ...['CPU ms/job', '+ Postgres', '+ engine and container'],
];

/** The middle one and the one that 19 of 20 are below. */
const percentiles = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] };
};

const middleOf = ({ times }) => percentiles(times).p50;

/** How many times as long as what it is compared with, and how much longer; the median of the ratios and differences of the rounds. */
function compared(name, results) {
  const { against } = cases[name];
  const others = results[against];
  if (others === undefined) return ['', ''];
  const pairs = results[name].map((one, round) => [middleOf(one), middleOf(others[round])]);
  const ratio = median(pairs.map(([ours, theirs]) => ours / theirs));
  return [`${short(ratio)} × ${against}`, short(median(pairs.map(([ours, theirs]) => ours - theirs)))];
}

/** The table. `results` by case: what its rounds took. */
export function tableOf(results) {
  const rows = Object.entries(results).map(([name, rounds]) => {
    const middles = rounds.map(middleOf);
    const { p50, p95 } = percentiles(rounds.flatMap(({ times }) => times));
    return [
      name,
      `${short(p50)} (${short(Math.min(...middles))}–${short(Math.max(...middles))})`,
      short(p95),
      ...compared(name, results),
      short(median(rounds.map(({ cpuMs }) => cpuMs))),
      short(median(rounds.map(({ databaseCpuMs }) => databaseCpuMs))),
      ...[median(rounds.map(({ engineCpuMs }) => engineCpuMs ?? 0))].map((ms) => (ms > 0 ? short(ms) : '')),
    ];
  });
  return markdown(head, rows);
}
