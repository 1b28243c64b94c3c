import type { ColumnOptions } from 'typeorm';

/** A place in the log: a bigint in the database, a number here (exact up to 2^53). */
export const positionColumn = {
  type: 'bigint',
  transformer: { to: (value: number) => value, from: (value: string) => Number(value) },
} as const satisfies ColumnOptions;
