import { join } from 'node:path';
import {
  contractOf,
  JobFolder,
  removeLeftFolders,
  watchOutput,
  type ContainerExecutor,
  type ContainerRun,
  type Image,
  type OutputBounds,
  type Owner,
} from '@waystation/containers';
import type { ContainerModule, JobExecutor, ProcessingModule } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import type {
  ModuleRunner,
  ProcessingContext,
  ProcessingInput,
  ProcessingJob,
  ProcessingOutput,
  RunReport,
} from '@waystation/module-sdk';
import type { Secrets } from '@waystation/secrets';
import { takeOutput } from '../take-output/take-output.js';
import { checkAccess, type ContainerAccess } from './container-access.js';
import { checkExit } from './check-exit.js';
import { containerUser } from './container-user.js';
import { recordOf, withRecord } from './run-record.js';

/** Beyond its time limit: whoever stops a container then has forgotten to. */
const FORGOTTEN_MS = 300_000;

export interface ContainerRunnerOptions {
  readonly executor: ContainerExecutor;
  readonly secrets: Pick<Secrets, 'of'>;
  /** Name of the log. */
  readonly installation: string;
  readonly owner: Owner;
  /** Of all services of this machine, and below it that of this one. */
  readonly jobsFolder: string;
  readonly ownFolder: string;
  readonly persistenceFolder: string;
  readonly allowed: ContainerAccess;
  readonly bounds: OutputBounds;
}

/** Runs jobs whose module is a container. */
export class ContainerRunner implements ModuleRunner {
  constructor(private readonly options: ContainerRunnerOptions) {}

  takes(module: ProcessingModule): boolean {
    return module.kind === 'container';
  }

  prepare(module: ProcessingModule): Promise<JobExecutor> {
    const { image } = containerOf(module);
    const imageDigest = /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1];
    return Promise.resolve({ kind: 'container', image, ...(imageDigest === undefined ? {} : { imageDigest }) });
  }

  async run(
    named: ProcessingModule,
    job: ProcessingJob,
    input: ProcessingInput,
    output: ProcessingOutput,
    context: ProcessingContext,
  ): Promise<RunReport> {
    const module = containerOf(named);
    const { allowed, ownFolder, persistenceFolder, installation, bounds } = this.options;
    await checkAccess(module, allowed);
    const image = await this.#image(module, context.signal);
    let record: RunReport = image.digest === undefined ? {} : { imageDigest: image.digest };
    const path = join(ownFolder, `${job.id}-${job.attempt}`);
    const folder = await JobFolder.make(path, module, join(persistenceFolder, module.name));
    try {
      await folder.writeInput(job, input.instances, installation, context.signal);
      const { outOfMemory, ...ran } = await this.#runIn(folder, module, image, context);
      record = { ...record, ...recordOf(ran) };
      checkExit(module, ran.exitCode, outOfMemory);
      await takeOutput(folder.output, output, bounds, context.logger);
      return record;
    } catch (error) {
      throw withRecord(error, record);
    } finally {
      // A module that is root leaves what only root can remove: that is no reason to run it again.
      await folder.remove().catch((error: unknown) => context.logger.warn(`its folder stays: ${messageOf(error)}`));
    }
  }

  /** Removes containers and folders that services have left behind that are no more. */
  async removeLeftovers(): Promise<number> {
    const { executor, jobsFolder } = this.options;
    const containers = await executor.removeLeftovers();
    await removeLeftFolders(jobsFolder, (owners) => executor.leftBehind(owners));
    return containers;
  }

  async #image({ image: reference, pull, registry }: ContainerModule, signal: AbortSignal): Promise<Image> {
    const { executor, secrets } = this.options;
    const credentials = registry && { user: registry.user, password: await secrets.of(registry.password) };
    return executor.prepare({ reference, pull, credentials }, signal);
  }

  async #runIn(
    folder: JobFolder,
    module: ContainerModule,
    image: Image,
    { job, logger, signal }: ProcessingContext,
  ): Promise<ContainerRun> {
    const { executor, bounds } = this.options;
    const { cpus, memoryMegabytes, pids, gpus, network, command, timeoutSeconds } = module;
    const spec = {
      ...{ job: job.id, image, cpus, memoryMegabytes, pids, gpus, network },
      ...(command === undefined ? {} : { command }),
      environment: await this.#environment(module),
      binds: [...folder.binds, ...module.binds],
      user: containerUser(module.root),
      largestFileBytes: bounds.bytes,
      expiresAt: Date.now() + timeoutSeconds * 1000 + FORGOTTEN_MS,
    };
    const tooMuch = new AbortController();
    const over = new AbortController();
    const watching = watchOutput(folder.writable, bounds, (error) => tooMuch.abort(error), over.signal);
    try {
      return await executor.run(spec, (bytes) => logger.write(bytes), AbortSignal.any([signal, tooMuch.signal]));
    } finally {
      over.abort();
      await watching;
    }
  }

  async #environment(module: ContainerModule): Promise<Readonly<Record<string, string>>> {
    const hidden: Record<string, string> = {};
    for (const [name, reference] of Object.entries(module.secrets)) {
      hidden[name] = await this.options.secrets.of(reference);
    }
    return { ...contractOf(module).environment(module), ...module.environment, ...hidden };
  }
}

const containerOf = (module: ProcessingModule): ContainerModule => {
  if (module.kind === 'container') return module;
  throw new CodedError('container.wrong-module', `module '${module.name}' is no container`);
};
