import type { ContainerRun } from '@waystation/containers';
import { CodedError } from '@waystation/kernel';
import type { RunReport } from '@waystation/module-sdk';

/** What of a run is recorded of its attempt. */
export const recordOf = ({
  exitCode,
  peakMemoryBytes,
  imageDigest,
}: Pick<ContainerRun, 'exitCode' | 'peakMemoryBytes' | 'imageDigest'>): RunReport => ({
  exitCode,
  ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
  ...(imageDigest === undefined ? {} : { imageDigest }),
});

/** The same error, with what is known of the run in its details. */
export const withRecord = (error: unknown, record: RunReport): unknown =>
  error instanceof CodedError
    ? new CodedError(error.code, error.message, { cause: error, details: { ...error.details, ...record } })
    : error;
