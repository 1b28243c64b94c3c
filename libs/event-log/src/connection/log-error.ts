import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import pg from 'pg';

/** The server ended the session: it may have committed before. */
const ENDED = new Set(['57P01', '57P02', '57P05']);
/** Not there now, perhaps later: starting, standby, out of connections, memory or disk, waited too long for a lock. */
const LATER = new Set([
  '57P03',
  '25006',
  '53000',
  '53100',
  '53200',
  '53300',
  '55P03',
  '57014',
  '40001',
  '40P01',
  '25P03',
]);
/** Schema, table, function or role is missing. */
const MISSING = new Set(['3F000', '42P01', '42883', '22023']);

const isFaultOfProgram = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError;

/** Whether the session is gone, so that nobody knows what became of a statement under way. */
export const isLostConnection = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
    ? ENDED.has(error.code ?? '') || (error.code ?? '').startsWith('08')
    : !isFaultOfProgram(error);

/** TypeORM wraps what the driver throws. */
const unwrap = (error: unknown): unknown =>
  error instanceof Error && 'driverError' in error ? error.driverError : error;

/**
 * What went wrong with a statement whose outcome is known:
 * `log.unavailable` (nothing was written; later it may work), `log.not-migrated` or `log.refused`.
 */
export const toLogError = (thrown: unknown): CodedError => {
  if (thrown instanceof CodedError) return thrown;
  const error = unwrap(thrown);
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : '';
  const sentence = messageOf(error) || String(error);
  if (isLostConnection(error) || LATER.has(code)) {
    return new CodedError('log.unavailable', `the database of the log cannot be used: ${sentence}`, { cause: error });
  }
  if (MISSING.has(code)) {
    return new CodedError('log.not-migrated', `the database has no event log: ${sentence}; run the migrations`, {
      cause: error,
    });
  }
  return new CodedError('log.refused', `the database refused a statement of the log (${code}): ${sentence}`, {
    cause: error,
  });
};

/** Whether trying again later can help. */
export const isUnavailable = (error: unknown): boolean => hasCode(error, 'log.unavailable');
