import { markdown, median, short } from '../report.mjs';

const grouped = (value) => Math.round(value).toLocaleString('en');

/** The table of one number of rules. `results` by engine: what the rounds measured. */
export function tableOf(count, results, peer) {
  const rate = ({ decisions, seconds }) => decisions / seconds;
  const rows = Object.entries(results).map(([engine, measured]) => {
    const rates = measured.map(rate);
    const ratios = results[peer]?.map((one, round) => rates[round] / rate(one));
    return [
      engine,
      `${grouped(median(rates))} (${grouped(Math.min(...rates))}–${grouped(Math.max(...rates))})`,
      grouped(median(rates) * count),
      short(1e6 / median(rates)),
      ratios ? short(median(ratios)) : '',
    ];
  });
  const head = ['engine', 'decisions/s (min–max)', 'rules/s', 'µs each', `× ${peer}`];
  return `### ${count} ${count === 1 ? 'rule' : 'rules'}\n\n${markdown(head, rows)}`;
}
