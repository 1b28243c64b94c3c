import { CodedError } from '@waystation/kernel';
import type { RunReport } from '@waystation/module-sdk';

/** The same error, with what is known of the run in its details. */
export const withRecord = (error: unknown, record: RunReport): unknown =>
  error instanceof CodedError
    ? new CodedError(error.code, error.message, { cause: error, details: { ...error.details, ...record } })
    : error;
