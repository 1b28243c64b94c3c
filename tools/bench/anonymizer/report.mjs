import { markdown, median, short } from '../report.mjs';

/** The table of one size. `results` by way: objects a second, round by round. */
export function tableOf(results) {
  const script = median(results['dcmjs script']);
  const rows = Object.entries(results).map(([name, rates]) => {
    const middle = median(rates);
    return [
      name,
      `${short(middle)} (${short(Math.min(...rates))}–${short(Math.max(...rates))})`,
      short(middle / script),
    ];
  });
  return markdown(['way', 'objects/s (min–max)', '× dcmjs'], rows);
}
