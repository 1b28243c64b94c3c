import { configurationDecider, digestOfInstances, jobDecider, type KnownJob } from '@waystation/domain';
import {
  RetryPolicy,
  streamName,
  type EventMetadata,
  type JobExecutor,
  type ProcessingModule,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { ProcessingJob } from '../module/processing-job.js';
import { JobObjects } from './job-objects.js';
import { causeOf, jobOf } from './job-of.js';
import type { JobTools } from './job-tools.js';
import { mayBegin } from './may-begin.js';
import { sourcesOf, type PlacedSource } from './sources-of.js';

/** An attempt that is written down, and that nothing was done for yet. */
export interface BegunAttempt {
  readonly stream: string;
  readonly job: ProcessingJob;
  /** Undefined where the configuration has none of this name any more, or one for other workers. */
  readonly module: ProcessingModule | undefined;
  readonly executor: JobExecutor;
  readonly sources: readonly PlacedSource[];
  readonly retry: RetryPolicy;
  readonly objects: JobObjects;
  /** For all that comes of it. */
  readonly metadata: EventMetadata;
}

/**
 * Writes down that an attempt begins. Whoever calls holds the job's timer; a second worker cannot win the same attempt,
 * because the stream's version decides.
 * @param now by the database's clock
 * @returns undefined where there is nothing to attempt any more, or where the job waits for its hours
 */
export const beginAttempt = async (
  tools: JobTools,
  stream: string,
  now: Instant,
): Promise<BegunAttempt | undefined> => {
  const { commands, worker } = tools;
  const { state: waiting } = await commands.load(jobDecider, stream);
  if (waiting.status !== 'waiting' && waiting.status !== 'running') return undefined;
  if (!(await mayBegin(tools, stream, waiting, now))) return undefined;
  const { state: configuration } = await commands.load(configurationDecider, streamName.configuration);
  const modules = [...(tools.builtIn ? [tools.builtIn] : []), ...configuration.document.modules];
  const named = modules.find(({ name }) => name === waiting.request.module);
  const module = named !== undefined && tools.runner.takes(named) ? named : undefined;
  const job = jobOf(waiting, module, waiting.attempt + 1);
  const executor = await executorOf(tools, waiting, module, job);
  const sources = await sourcesOf(commands, waiting.request.input);
  const retry = module?.retry ?? RetryPolicy.parse({});
  const start = {
    kind: 'start-job',
    ...{ worker, executor, retry },
    configurationVersion: configuration.version,
    settings: job.settings as Record<string, never>,
    input: { instances: sources.length, digest: digestOfInstances(sources) },
  } as const;
  const { state, events } = await commands.handle(jobDecider, stream, start, {
    metadata: causeOf(waiting, waiting.waitingPosition),
  });
  // What an attempt left behind whose worker vanished.
  if (waiting.status === 'running') await discarded(tools, waiting);
  if (state.status !== 'running' || events.length === 0) return undefined;
  const objects = new JobObjects(tools.objects, job.id, state.attempt);
  const metadata = causeOf(state, state.attemptPosition);
  return { stream, job, module, executor, sources, retry, objects, metadata };
};

const executorOf = async (
  { runner }: JobTools,
  { request }: KnownJob,
  module: ProcessingModule | undefined,
  job: ProcessingJob,
): Promise<JobExecutor> =>
  module === undefined
    ? { kind: 'app', name: request.app ?? request.module, version: 'unknown' }
    : runner.prepare(module, job);

const discarded = async ({ objects, logger }: JobTools, { request, attempt }: KnownJob): Promise<void> => {
  await new JobObjects(objects, request.job, attempt).discard().catch(() => {
    logger.warn(`what attempt ${attempt} left behind could not be removed`, { stream: streamName.job(request.job) });
  });
};
