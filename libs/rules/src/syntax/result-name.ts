const prefix = 'result.';

/** What a value of a result is called among the facts that a condition is asked about. */
export const nameOfResult = (key: string): string => `${prefix}${key}`;

/** The key that stands behind `result.` */
export const keyOfResult = (name: string): string => name.slice(prefix.length);
