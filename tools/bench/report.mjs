/** The middle one; of an even number the mean of the two in the middle. */
export const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
};

const peers = ['storescp', 'orthanc', 'orthanc-pg'];
const head = [
  'receiver',
  'inst/s (min–max)',
  'MB/s',
  'CPU ms/inst',
  '+ Postgres',
  '+ S3',
  'in S3/s',
  'peak RSS MB',
  'ack p50 ms',
  'p99 ms',
];

/** The table of one case. `results` by receiver: measurements of the rounds, and failures. */
export function tableOf(results) {
  const middles = new Map(Object.entries(results).map(([name, { measured }]) => [name, middleOf(measured)]));
  const compared = peers.filter((peer) => middles.get(peer));
  const rows = Object.entries(results).map(([name, { measured, failed }]) => {
    const middle = middles.get(name);
    if (middle === undefined)
      return [name, `failed: ${failed[0]}`, ...head.slice(2).map(() => ''), ...compared.map(() => '')];
    const ratios = compared.map((peer) => ratio(middle.perSecond, middles.get(peer).perSecond));
    return [failed.length > 0 ? `${name} (${failed.length} failed)` : name, ...figures(middle, measured), ...ratios];
  });
  return markdown(...withoutEmptyColumns([...head, ...compared.map((peer) => `× ${peer}`)], rows));
}

/** Columns that only some receivers have something to say in. */
const withoutEmptyColumns = (names, rows) => {
  const isFull = (_, column) => column < 2 || rows.some((row) => row[column] !== '');
  return [names.filter(isFull), rows.map((row) => row.filter(isFull))];
};

const middleOf = (measured) => {
  if (measured.length === 0) return undefined;
  const names = Object.keys(measured[0]);
  return Object.fromEntries(names.map((name) => [name, median(measured.map((one) => one[name]))]));
};

const figures = (middle, measured) => {
  const rates = measured.map(({ perSecond }) => perSecond);
  return [
    `${short(middle.perSecond)} (${short(Math.min(...rates))}–${short(Math.max(...rates))})`,
    short(middle.megabytes),
    short(middle.cpuMs),
    ...[middle.databaseCpuMs, middle.s3CpuMs, middle.movedPerSecond].map((value) => (value > 0 ? short(value) : '')),
    middle.peakMegabytes.toFixed(0),
    short(middle.p50),
    short(middle.p99),
  ];
};

const ratio = (value, other) => (value / other).toFixed(2);

/** Three digits that count. */
export const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** A table of Markdown with its columns in line. */
export function markdown(names, rows) {
  const widths = names.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(names), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
