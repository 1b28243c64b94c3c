import { jobDecider, type JobCommand, type SucceedJob } from '@waystation/domain';
import { hasCode } from '@waystation/kernel';
import { untilLogIsBack } from '@waystation/service';
import type { RunReport } from '../module/module-runner.js';
import type { BegunAttempt } from './begin-attempt.js';
import type { CapturedLog } from './captured-log.js';
import type { JobTools } from './job-tools.js';
import type { AttemptResult } from './run-attempt.js';
import { runFailureOf } from './run-failure.js';
import { sealFindings, sealNotification, sealOutputs } from './seal-outputs.js';
import { statusOf } from './status-of.js';

/** What is known of an attempt when it is over. */
export interface AttemptEnd {
  readonly log: CapturedLog;
  readonly durationMs: number;
  readonly timeoutSeconds: number;
  /** Of the process that it ran in, where that is this one. */
  readonly peakMemoryBytes: number | undefined;
  /** Ends the wait for a log that is away. */
  readonly held: AbortSignal;
}

/** Writes down all that a module made, and that it is done. Throws what keeps it from being written. */
export const succeed = async (
  tools: JobTools,
  begun: BegunAttempt,
  { report, output }: AttemptResult,
  { log, durationMs, held, peakMemoryBytes }: AttemptEnd,
): Promise<void> => {
  const { identities } = tools;
  const { job, objects, sources } = begun;
  const about = { job: job.id, attempt: job.attempt };
  const outputs = await sealOutputs(identities, about, output.instances);
  const result = await objects.keepResult(output.result);
  const findings = await sealFindings(identities, about, output.result, sources);
  const notification = await sealNotification(identities, about, output.notification, sources);
  const { files, routing } = output;
  const status = statusOf(output.result);
  const command: SucceedJob = {
    kind: 'succeed-job',
    attempt: job.attempt,
    ...{ outputs, files: [...files], durationMs },
    ...(status && { status }),
    ...(result && { result }),
    ...(findings && { findings }),
    ...(routing && { routing }),
    ...(notification && { notification }),
    ...(await recordOf(begun, measured(report, peakMemoryBytes), log)),
  };
  await write(tools, begun, command, held);
};

/** Writes down why an attempt did not succeed, and removes what it made. */
export const fail = async (
  tools: JobTools,
  begun: BegunAttempt,
  error: unknown,
  { log, durationMs, timeoutSeconds, held, peakMemoryBytes }: AttemptEnd,
): Promise<void> => {
  const { attempt } = begun.job;
  const { report, ...failure } = runFailureOf(error);
  const how = { attempt, durationMs, ...(await recordOf(begun, measured(report, peakMemoryBytes), log)) };
  const next = { retry: begun.retry, jitter: Math.random() };
  const command: JobCommand = hasCode(error, 'job.timed-out')
    ? { kind: 'time-out-job', ...how, timeoutSeconds, ...next }
    : { kind: 'fail-job', ...how, ...failure, ...(hasCode(error, 'job.stopped') && { by: 'waystation' }), ...next };
  try {
    await write(tools, begun, command, held);
  } catch (superseded) {
    if (!hasCode(superseded, 'job.superseded')) throw superseded;
    if (await hasSucceeded(tools, begun)) return;
  }
  await begun.objects.discard().catch(() => {
    tools.logger.warn('what a failed attempt made could not be removed', { stream: begun.stream, attempt });
  });
};

/** What a runner says goes before what was seen of this process. */
const measured = (report: RunReport, peakMemoryBytes: number | undefined): RunReport => ({
  ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
  ...report,
});

/** The log is worth keeping, but not worth failing for. */
const recordOf = async (
  { objects }: BegunAttempt,
  { exitCode, peakMemoryBytes, imageDigest }: RunReport,
  captured: CapturedLog,
) => {
  const log = await objects.keepLog(captured.bytes()).catch(() => undefined);
  return {
    ...(exitCode !== undefined && { exitCode }),
    ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
    ...(imageDigest !== undefined && { imageDigest }),
    ...(log && { log }),
  };
};

const write = async (
  { commands }: JobTools,
  { stream, metadata }: BegunAttempt,
  command: JobCommand,
  held: AbortSignal,
): Promise<void> => {
  await untilLogIsBack(() => commands.handle(jobDecider, stream, command, { metadata }), held);
};

/** Whether it was written although that seemed to fail: an append whose answer was lost. */
const hasSucceeded = async ({ commands }: JobTools, { stream, job }: BegunAttempt): Promise<boolean> => {
  const { state } = await commands.load(jobDecider, stream);
  return state.status !== 'unknown' && state.successes.some(({ attempt }) => attempt === job.attempt);
};
