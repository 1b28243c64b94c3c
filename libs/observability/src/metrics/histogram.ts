import { labelText, type Labels } from './labels.js';

interface Series {
  readonly labels: Labels;
  /** How many were in each bucket and not in the one before. */
  readonly counts: number[];
  sum: number;
}

/** How something is distributed: seconds, mostly. */
export class Histogram {
  private readonly series = new Map<string, Series>();

  /** @param bounds upper bounds of the buckets, ascending; one without bound is added */
  constructor(private readonly bounds: readonly number[]) {}

  observe(value: number, labels: Labels = {}): void {
    const key = labelText(labels);
    const series = this.series.get(key) ?? { labels, counts: Array.from(this.bounds, () => 0).concat(0), sum: 0 };
    this.series.set(key, series);
    const found = this.bounds.findIndex((bound) => value <= bound);
    const bucket = found === -1 ? this.bounds.length : found;
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
    series.sum += value;
  }

  lines(name: string): readonly string[] {
    return [...this.series.values()].flatMap(({ labels, counts, sum }) => {
      let total = 0;
      const buckets = counts.map((count, index) => {
        total += count;
        const le = String(this.bounds[index] ?? '+Inf');
        return `${name}_bucket${labelText({ ...labels, le })} ${total}`;
      });
      return [...buckets, `${name}_sum${labelText(labels)} ${sum}`, `${name}_count${labelText(labels)} ${total}`];
    });
  }
}
