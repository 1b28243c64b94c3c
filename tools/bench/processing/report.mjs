import { markdown, median, short } from '../report.mjs';

/** The middle one and the one that 19 of 20 are below. */
const percentiles = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)] };
};

/** The table. `results` by case: what its rounds took. */
export function tableOf(results) {
  const rows = Object.entries(results).map(([name, rounds]) => {
    const middles = rounds.map(({ times }) => percentiles(times).p50);
    const { p50, p95 } = percentiles(rounds.flatMap(({ times }) => times));
    return [
      name,
      `${short(p50)} (${short(Math.min(...middles))}–${short(Math.max(...middles))})`,
      short(p95),
      short(median(rounds.map(({ cpuMs }) => cpuMs))),
      short(median(rounds.map(({ databaseCpuMs }) => databaseCpuMs))),
      ...[median(rounds.map(({ engineCpuMs }) => engineCpuMs ?? 0))].map((ms) => (ms > 0 ? short(ms) : '')),
    ];
  });
  return markdown(['case', 'p50 ms (rounds)', 'p95 ms', 'CPU ms/job', '+ Postgres', '+ engine and container'], rows);
}
