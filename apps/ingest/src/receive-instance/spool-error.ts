import { CodedError, messageOf } from '@waystation/kernel';
import { isOutOfRoom } from '@waystation/object-store';

/** What a file system call threw on a file of the spool: `ingest.spool-full` or `ingest.spool-unavailable`. */
export const spoolError = (path: string, error: unknown): CodedError => {
  const code = isOutOfRoom(error) ? 'ingest.spool-full' : 'ingest.spool-unavailable';
  return new CodedError(code, `cannot write ${path}: ${messageOf(error)}`, { cause: error });
};
