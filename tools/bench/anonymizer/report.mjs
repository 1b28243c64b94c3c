import { markdown, median, short } from '../report.mjs';

/** The table of one size. `results` by way: objects a second, round by round. */
export function tableOf(results) {
  const rows = Object.entries(results).map(([name, rates]) => {
    const middle = median(rates);
    return [
      name,
      `${short(middle)} (${short(Math.min(...rates))}–${short(Math.max(...rates))})`,
      // Round by round, so that what burdens the machine for a while burdens both.
      short(median(rates.map((rate, round) => rate / results['dcmjs script'][round]))),
    ];
  });
  return markdown(['way', 'objects/s (min–max)', '× dcmjs'], rows);
}
