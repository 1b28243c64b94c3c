import { labelText, type Labels } from './labels.js';

/** What a gauge shows when it is asked. */
export interface Reading {
  readonly value: number;
  readonly labels?: Labels;
}

/** Something that goes up and down: set by who knows it, or read by `collect` when somebody asks. */
export class Gauge {
  private readonly values = new Map<string, number>();

  constructor(private readonly collect?: () => Promise<readonly Reading[]> | readonly Reading[]) {}

  set(value: number, labels: Labels = {}): void {
    this.values.set(labelText(labels), value);
  }

  add(amount: number, labels: Labels = {}): void {
    const series = labelText(labels);
    this.values.set(series, (this.values.get(series) ?? 0) + amount);
  }

  async lines(name: string): Promise<readonly string[]> {
    const collected = (await this.collect?.()) ?? [];
    const readings = new Map([
      ...this.values,
      ...collected.map(({ labels, value }) => [labelText(labels ?? {}), value] as const),
    ]);
    return [...readings].map(([series, value]) => `${name}${series} ${value}`);
  }
}
