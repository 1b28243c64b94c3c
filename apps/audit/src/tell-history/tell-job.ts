import type {
  InstanceDerived,
  JobFailed,
  JobProgressed,
  JobRequested,
  JobRestarted,
  JobRouted,
  JobStarted,
  JobSucceeded,
} from '@waystation/events';
import { plural } from '@waystation/kernel';

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(2))} s`;

const inMegabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '' : `, at most ${Math.ceil(bytes / 1_048_576)} MB of memory`;

/** What is to be processed by what, in a sentence. */
export const tellJob = ({ module, rule, step, input, priority = 'normal', reason }: JobRequested['data']): string => {
  const objects = input.reduce((sum, part) => sum + ('job' in part ? part.count : part.instances.count), 0);
  const who = rule === undefined ? '' : ` (${step === 0 ? '' : `step ${step + 1} of `}'${rule}')`;
  const why = reason === undefined || reason === '' ? '' : `: ${reason}`;
  return `${plural(objects, 'object')} to be processed by ${module}${who}${priority === 'normal' ? '' : `, ${priority}`}${why}`;
};

/** What begins to process what, in a sentence. */
export const tellJobStart = ({ attempt, worker, executor, input }: JobStarted['data']): string => {
  const what =
    executor.kind === 'app'
      ? `app ${executor.name} ${executor.version}`
      : `container ${executor.image}${executor.imageDigest === undefined ? '' : `, ${executor.imageDigest.slice(0, 19)}…`}`;
  return `attempt ${attempt} by ${worker}: ${what}, with ${plural(input.instances, 'object')}, digest ${input.digest.slice(0, 12)}…`;
};

/** How far a module says it is, in a sentence. */
export const tellProgress = ({ fraction, message }: JobProgressed['data']): string =>
  [...(fraction === undefined ? [] : [`${Math.round(fraction * 100)} % done`]), ...(message ? [message] : [])].join(
    ': ',
  ) || 'still at work';

/** What a module made, in a sentence. */
export const tellDerived = ({
  sopInstanceUid,
  seriesInstanceUid,
  object,
  from = [],
}: InstanceDerived['data']): string =>
  `made ${sopInstanceUid} of series ${seriesInstanceUid}, ${object.size} bytes, sha256 ${object.sha256.slice(0, 12)}…${from.length === 0 ? '' : `, of ${plural(from.length, 'object')}`}`;

/** What a job came to, in a sentence. */
export const tellJobSuccess = (success: JobSucceeded['data']): string => {
  const { status, outputs, files, result, durationMs, exitCode, peakMemoryBytes, log } = success;
  const kept = [
    ...(files.length === 0 ? [] : [plural(files.length, 'file')]),
    ...(result === undefined ? [] : ['a result']),
    ...(log === undefined ? [] : ['a log']),
  ];
  return `processed in ${seconds(durationMs)}${status === undefined ? '' : `, ${status} as the module says`}: ${plural(outputs.instances, 'object')} made${kept.map((what) => `, ${what}`).join('')}${exitCode === undefined ? '' : `, exit code ${exitCode}`}${inMegabytes(peakMemoryBytes)}`;
};

/** Why an attempt to process failed, in a sentence. */
export const tellJobFailure = ({ attempt, code, reason, by, exitCode, log }: JobFailed['data']): string =>
  `attempt ${attempt} ${by === 'waystation' ? 'broken off' : 'failed'}: ${code}, ${reason}${exitCode === undefined ? '' : ` (exit code ${exitCode})`}${log === undefined ? '' : '; its log is kept'}`;

/** That a job is to be done again, in a sentence. */
export const tellRestart = ({ reason, settings = {} }: JobRestarted['data']): string => {
  const changed = Object.keys(settings);
  return `to be done again${changed.length === 0 ? '' : ` with other ${changed.join(', ')}`}${reason === '' ? '' : `: ${reason}`}`;
};

/** What follows from a job, in a sentence. */
export const tellJobRouting = ({ outcome, deliveries, next, report, because }: JobRouted['data']): string => {
  const targets = [...new Set(deliveries.map(({ target }) => target))];
  if (report !== undefined) return `${outcome}, told of by job ${report}: ${because}`;
  if (next !== undefined) return `goes on with job ${next}: ${because}`;
  return `${outcome}${targets.length === 0 ? '' : `, to ${targets.join(', ')}`}: ${because}`;
};
