import { CodedError, messageOf } from '@waystation/kernel';
import type { ContainerExecutor } from '../executor/container-executor.js';
import type { ContainerRun } from '../executor/container-run.js';
import type { ContainerSpec } from '../executor/container-spec.js';
import type { Image, ImageRequest } from '../executor/image.js';
import { statusOf } from '../http/status-of.js';
import { FollowedLog } from '../log/followed-log.js';
import { containerLabels, isLeftover, ofInstallation, type Labels } from '../ownership/container-labels.js';
import { isLeftBehind, isProcessAlive } from '../ownership/is-left-behind.js';
import type { Owner } from '../ownership/owner.js';
import { containerBody } from './container-body.js';
import { readContainerLog } from './read-container-log.js';
import type { EngineConnection } from './engine-connection.js';
import { watchMemory } from './peak-memory.js';
import { prepareImage } from './prepare-image.js';

export interface DockerExecutorOptions {
  readonly engine: EngineConnection;
  /** Name of the log: containers of others are left alone. */
  readonly installation: string;
  readonly owner: Owner;
}

/** Runs containers through the Docker Engine API. */
export class DockerExecutor implements ContainerExecutor {
  private readonly engine: EngineConnection;

  constructor(private readonly options: DockerExecutorOptions) {
    this.engine = options.engine;
  }

  prepare(request: ImageRequest, signal: AbortSignal): Promise<Image> {
    return prepareImage(this.engine, request, signal);
  }

  async run(spec: ContainerSpec, onLog: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<ContainerRun> {
    signal.throwIfAborted();
    const { installation, owner } = this.options;
    const body = containerBody(spec, containerLabels(installation, owner, spec.job, spec.expiresAt));
    const created = await this.engine.json({ method: 'POST', path: '/containers/create', body });
    const { Id: id } = created as { readonly Id: string };
    try {
      return await this.#runCreated(id, onLog, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      await this.#remove(id);
    }
  }

  async removeLeftovers(): Promise<number> {
    const filters = JSON.stringify({ label: [ofInstallation(this.options.installation)] });
    const query = new URLSearchParams({ all: 'true', filters }).toString();
    const path = `/containers/json?${query}`;
    const found = (await this.engine.json({ method: 'GET', path })) as readonly {
      readonly Id: string;
      readonly Labels?: Labels;
    }[];
    const isGone = (owner: Owner): boolean => isLeftBehind(owner, this.options.owner, isProcessAlive);
    const leftovers = found.filter(({ Labels: labels }) => isLeftover(labels ?? {}, Date.now(), isGone));
    for (const { Id } of leftovers) await this.#remove(Id);
    return leftovers.length;
  }

  leftBehind(owners: readonly Owner[]): Promise<readonly Owner[]> {
    return Promise.resolve(owners.filter((owner) => isLeftBehind(owner, this.options.owner, isProcessAlive)));
  }

  async #runCreated(id: string, onLog: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<ContainerRun> {
    const over = new AbortController();
    const began = performance.now();
    await this.#start(id, signal);
    const log = new FollowedLog(readContainerLog(this.engine, id), onLog, { endsWhole: false });
    const memory = watchMemory(this.engine, id, AbortSignal.any([signal, over.signal]));
    try {
      const exitCode = await this.#wait(id, signal);
      const durationMs = Math.round(performance.now() - began);
      await log.complete();
      const outOfMemory = await this.#endedForMemory(id);
      over.abort();
      const peakMemoryBytes = await memory;
      return { exitCode, durationMs, outOfMemory, ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }) };
    } finally {
      over.abort();
      await Promise.all([log.stop(), memory]);
    }
  }

  async #start(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.engine.json({ method: 'POST', path: `/containers/${id}/start`, signal });
    } catch (cause) {
      if (statusOf(cause) === undefined) throw cause;
      throw new CodedError('container.not-started', `the container cannot be started: ${messageOf(cause)}`, { cause });
    }
  }

  async #wait(id: string, signal: AbortSignal): Promise<number> {
    try {
      const answer = await this.engine.json({ method: 'POST', path: `/containers/${id}/wait`, signal });
      const { StatusCode: code } = (answer ?? {}) as { readonly StatusCode?: unknown };
      if (typeof code === 'number' && code >= 0) return code;
    } catch (cause) {
      if (statusOf(cause) === undefined) throw cause;
    }
    throw new CodedError('container.lost', 'the container is gone, and nobody knows how it ended');
  }

  async #endedForMemory(id: string): Promise<boolean> {
    const answer = await this.engine.json({ method: 'GET', path: `/containers/${id}/json` }).catch(() => undefined);
    return (answer as { readonly State?: { readonly OOMKilled?: boolean } } | undefined)?.State?.OOMKilled === true;
  }

  /** Ends it first where it runs. */
  async #remove(id: string): Promise<void> {
    try {
      await this.engine.json({ method: 'DELETE', path: `/containers/${id}?force=true&v=true` });
    } catch (error) {
      // Not there any more, or somebody else is removing it.
      if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
    }
  }
}
