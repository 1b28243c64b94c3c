import { hostname } from 'node:os';
import { join } from 'node:path';
import { configurationDecider, jobQueueOf } from '@waystation/domain';
import { streamName, type ProcessingModule } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { TimerWorker, type DueTimer, type Platform } from '@waystation/service';
import type { ModuleRunner } from '../module/module-runner.js';
import { JobHandler } from './handle-job.js';
import { orphansAmong, queuesOf, type JobQueues } from './queues-of.js';
import { openWorkFolder } from './work-folder.js';

export interface JobWorkerOptions {
  readonly platform: Platform;
  readonly runner: ModuleRunner;
  /** What an app calls itself: its jobs are taken, also those of modules that are configured no more. */
  readonly app?: string;
  /** Whether it also takes the jobs of modules that nobody has configured any more, to say so. */
  readonly takesOrphans?: boolean;
  /** The module itself, where no configuration names it. */
  readonly builtIn?: ProcessingModule;
  /** Told where a module goes on although it was told to stop, once its attempt is over for everybody else. */
  readonly onStuck?: () => void;
}

/** How often new queues are looked for. */
const LOOK_MS = 1000;
/** A worker that shows no sign of life for so long has vanished. Work that keeps the event loop busy for longer is given to another. */
const LEASE_MS = 15_000;

/**
 * Takes jobs and lets a runner do them: lease and heartbeat, verified input, timeout and cancel, output that is durable before
 * anybody hears of it, and what happened as events. Any number of workers in any number of processes compete.
 */
export class JobWorker {
  private readonly lanes = new Map<string, TimerWorker>();
  private queues: JobQueues = new Map();
  private look: NodeJS.Timeout | undefined;
  private stopping = false;

  private constructor(
    private readonly options: JobWorkerOptions,
    private readonly handler: JobHandler,
  ) {}

  /**
   * Begins to take jobs.
   * @throws CodedError `module-sdk.no-identities` where the platform cannot seal whom outputs are about
   */
  static async start(options: JobWorkerOptions): Promise<JobWorker> {
    const { platform, runner, builtIn, onStuck = () => undefined } = options;
    const { log, commands, objects, identities, logger, service, settings } = platform;
    if (identities === undefined)
      throw new CodedError('module-sdk.no-identities', `${service} takes jobs and needs the identity key for that`);
    const { outputs: entries, outputBytes: bytes } = settings.processing;
    const worker = new JobWorker(
      options,
      new JobHandler({
        ...{ log, commands, objects, identities, runner, builtIn, logger, onStuck },
        limits: { entries, bytes },
        folder: await openWorkFolder(join(settings.dataFolder, 'processing')),
        worker: `${service}@${hostname()}:${process.pid}`,
      }),
    );
    await worker.openLanes();
    worker.look = setInterval(() => void worker.openLanes(), LOOK_MS);
    return worker;
  }

  /** Takes nothing more, and waits for what is under way; after `graceMs` it is stopped and tried again elsewhere. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearInterval(this.look);
    await Promise.all([...this.lanes.values()].map((lane) => lane.stop(graceMs)));
  }

  private async openLanes(): Promise<void> {
    const { platform, runner, app, takesOrphans = false } = this.options;
    try {
      const { state } = await platform.commands.load(configurationDecider, streamName.configuration);
      this.queues = queuesOf(state.document, runner);
      const own = app === undefined ? [] : [jobQueueOf(app)];
      const waiting = takesOrphans ? await platform.log.timers.queues(jobQueueOf('')) : [];
      const orphans = orphansAmong(
        waiting.map(({ queue }) => queue),
        state.document,
      );
      for (const queue of [...this.queues.keys(), ...own, ...orphans]) this.openLane(queue);
    } catch (error) {
      platform.logger.warn(`cannot look for jobs: ${messageOf(error)}`);
    }
  }

  private openLane(queue: string): void {
    if (this.stopping || this.lanes.has(queue)) return;
    const { log, logger } = this.options.platform;
    const most = (): number => this.queues.get(queue) ?? 1;
    const handle = (timer: DueTimer, held: AbortSignal): Promise<void> => this.handler.handle(timer, held);
    const lane = new TimerWorker({ log, queue, concurrency: most, mostHeld: most, leaseMs: LEASE_MS, handle, logger });
    this.lanes.set(queue, lane);
  }
}
