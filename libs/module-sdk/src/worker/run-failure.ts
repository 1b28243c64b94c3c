import { CodedError, messageOf } from '@waystation/kernel';
import { isOutOfRoom } from '@waystation/object-store';
import type { RunReport } from '../module/module-runner.js';

/** Why an attempt did not succeed, in words that may stand in the log. */
export interface RunFailure {
  readonly code: string;
  /** Names nobody. */
  readonly reason: string;
  readonly retryable: boolean;
  readonly by: 'module' | 'waystation';
  readonly report: RunReport;
}

/** What says that Waystation lacks what it needs, of which the module knows nothing. */
const own = /^(log\.(unavailable|outcome-unknown)|object-store\.unavailable|identity\.|container\.engine-unreachable)/;

/**
 * What a throw says. The words of a CodedError were chosen by those who know that they are written down; any other error may
 * quote the data, and only its kind is told.
 */
export const runFailureOf = (error: unknown): RunFailure => {
  if (isOutOfRoom(error))
    return failure('job.no-room', 'there was no room for what the module made', { retryable: true });
  if (!(error instanceof CodedError)) {
    const kind = error instanceof Error && /^[A-Za-z]{0,40}Error$/.test(error.name) ? error.name : 'something';
    return failure('job.module-failed', `the module threw ${kind}; the log of the job has what it says`, {});
  }
  const by = own.test(error.code) ? 'waystation' : 'module';
  return { ...failure(error.code, messageOf(error), error.details), by };
};

const failure = (code: string, reason: string, details: Readonly<Record<string, unknown>>): RunFailure => ({
  code,
  reason,
  retryable: details['retryable'] !== false,
  by: 'module',
  report: {
    ...(typeof details['exitCode'] === 'number' && { exitCode: details['exitCode'] }),
    ...(typeof details['peakMemoryBytes'] === 'number' && { peakMemoryBytes: details['peakMemoryBytes'] }),
    ...(typeof details['imageDigest'] === 'string' && { imageDigest: details['imageDigest'] }),
  },
});
