import { CodedError } from '@waystation/kernel';

/** The HTTP status that an engine refused a request with; undefined where it did not come to that. */
export const statusOf = (error: unknown): unknown =>
  error instanceof CodedError ? error.details['status'] : undefined;
