import type { CustomTypesConfig } from 'pg';

const INT8 = 20;
const INT4 = 23;
const BYTEA = 17;
const TIMESTAMPTZ = 1184;
const BOOL = 16;

/** `2026-01-31 12:00:00.5+00`, as Postgres writes it in UTC, to `2026-01-31T12:00:00.500Z`. */
export const instantFromPostgres = (text: string): string => {
  const zone = text.lastIndexOf('+');
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, zone).padEnd(3, '0')}Z`;
};

const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [INT8, Number],
  [INT4, Number],
  [BOOL, (text) => text === 't'],
  [BYTEA, (text) => Buffer.from(text.slice(2), 'hex')],
  [TIMESTAMPTZ, instantFromPostgres],
]);
const asText = (text: string): string => text;

/**
 * How the statements of the log read values: positions as numbers (exact up to 2^53), instants as ISO text, and JSON as
 * the very text that is stored. For sessions with `TimeZone=UTC` and `DateStyle=ISO`.
 */
export const logTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) => parsers.get(oid) ?? asText) as CustomTypesConfig['getTypeParser'],
};
