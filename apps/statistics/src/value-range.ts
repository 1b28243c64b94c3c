/** Where the values of an element lie. */
export type ValueRange = {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How many there are. */
  readonly count: number;
};

/** @param values at least one */
export const rangeOfValues = (values: readonly number[]): ValueRange => {
  let [min = 0, max = 0, sum = 0] = [values[0], values[0]];
  for (const value of values) {
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
  }
  return { min, max, mean: sum / values.length, count: values.length };
};
