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
/** Of these, what says nothing about the statement: one that always takes too long or meets others would never be given up. */
const AWAY = new Set(['57P03', '25006', '53000', '53100', '53200', '53300']);
/** What the system says of a server that is not there, or not any more. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EAI_AGAIN',
]);
/** The driver's own words for it, which have no code. */
const CUT_OFF =
  /^(Connection terminated|timeout exceeded|timeout expired|Query read timeout|Client has encountered a connection error)/;

/** Schema, table, function or role is missing. */
const MISSING = new Set(['3F000', '42P01', '42883', '22023']);

const isFaultOfProgram = (error: unknown): boolean => error instanceof TypeError || error instanceof RangeError;

/** Whether the session is gone, so that nobody knows what became of a statement under way. */
export const isLostConnection = (error: unknown): boolean =>
  error instanceof pg.DatabaseError
    ? ENDED.has(error.code ?? '') || (error.code ?? '').startsWith('08')
    : !isFaultOfProgram(error);

/** Whether a statement, in whatever way it was sent, failed because the database is away, starting or out of room: not for what it says. */
export const isDatabaseAway = (thrown: unknown): boolean => {
  const error = unwrap(thrown);
  if (error instanceof pg.DatabaseError) return isLostConnection(error) || AWAY.has(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return ('syscall' in error && UNREACHABLE.has(code)) || CUT_OFF.test(error.message);
};

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
