import { CodedError } from '@waystation/kernel';
import { labelText, type Labels } from './labels.js';

/** Something that is counted and never taken back. */
export class Counter {
  private readonly values = new Map<string, number>();

  /** Throws `metrics.decreased` where it would count backwards. */
  add(amount = 1, labels: Labels = {}): void {
    if (!(amount >= 0))
      throw new CodedError('metrics.decreased', `a counter was to change by ${amount}: expected 0 or more`);
    const series = labelText(labels);
    this.values.set(series, (this.values.get(series) ?? 0) + amount);
  }

  lines(name: string): readonly string[] {
    return [...this.values].map(([series, value]) => `${name}${series} ${value}`);
  }
}
