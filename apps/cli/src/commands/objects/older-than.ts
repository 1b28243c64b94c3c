import { InvalidArgumentError } from 'commander';

const HOURS = { h: 1, d: 24, m: 1 / 60, s: 1 / 3600 } as const;

/** Reads an age, `24h`, `7d`, `30m` or `0s`, as hours. */
export const olderThan = (text: string): number => {
  const [, number, unit] = /^(\d{1,6})([hdms])$/.exec(text) ?? [];
  if (unit === undefined) throw new InvalidArgumentError('expected an age such as 24h, 7d, 30m or 0s');
  return Number(number) * HOURS[unit as keyof typeof HOURS];
};
