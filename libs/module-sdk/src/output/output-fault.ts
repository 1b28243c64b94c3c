import { CodedError } from '@waystation/kernel';

/** Something is wrong with what a module made: another attempt would make the same. */
export const outputFault = (code: string, message: string): CodedError =>
  new CodedError(code, message, { details: { retryable: false } });
