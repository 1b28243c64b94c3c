import { CodedError } from '@waystation/kernel';

/** Somebody uses a log behind its `close()`. */
export const closed = (): CodedError => new CodedError('log.closed', 'the log was closed by this process');
