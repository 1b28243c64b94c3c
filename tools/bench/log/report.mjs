import { markdown, median, short } from '../report.mjs';
import { cases } from './cases.mjs';

const head = ['case', 'per second (min–max)', 'CPU µs each', 'p50 ms', 'p99 ms', 'ratio', 'bar'];

/** The table. `results` by case: what the rounds measured. */
export function tableOf(results) {
  const rows = Object.entries(results).map(([name, measured]) => [
    name,
    ...figures(measured),
    ...verdict(name, results),
  ]);
  return markdown(head, rows);
}

const rateOf = ({ count, seconds }) => count / seconds;

function figures(measured) {
  const rates = measured.map(rateOf);
  const each = measured.flatMap((one) => one.each ?? []).toSorted((a, b) => a - b);
  const cpu = median(measured.map(({ cpuUs, count }) => cpuUs / count));
  return [
    `${short(median(rates))} (${short(Math.min(...rates))}–${short(Math.max(...rates))})`,
    cpu < 0.1 ? 'in the server' : short(cpu),
    each.length === 0 ? '' : short(quantile(each, 0.5)),
    each.length === 0 ? '' : short(quantile(each, 0.99)),
  ];
}

function verdict(name, results) {
  const { against, bar, atMostMs, atLeast } = cases[name];
  if (atLeast !== undefined) {
    const reached = median(results[name].map(rateOf));
    return ['', `≥ ${atLeast}/s: ${reached >= atLeast ? 'met' : 'MISSED'}`];
  }
  if (atMostMs !== undefined) {
    const p50 = quantile(
      results[name].flatMap(({ each }) => each).toSorted((a, b) => a - b),
      0.5,
    );
    return ['', `p50 ≤ ${atMostMs} ms: ${p50 <= atMostMs ? 'met' : 'MISSED'}`];
  }
  if (against === undefined || results[against] === undefined) return ['', ''];
  // Round by round, so that what burdens the machine for a while burdens both.
  const ratio = median(results[name].map((one, round) => rateOf(one) / rateOf(results[against][round])));
  const said = bar === undefined ? '' : `≥ ${bar}: ${ratio >= bar ? 'met' : 'MISSED'}`;
  return [`${ratio.toFixed(2)} × ${against}`, said];
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
