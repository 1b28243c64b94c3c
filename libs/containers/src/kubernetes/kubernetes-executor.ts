import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { ContainerExecutor } from '../executor/container-executor.js';
import type { ContainerRun } from '../executor/container-run.js';
import type { ContainerSpec } from '../executor/container-spec.js';
import type { Image, ImageRequest } from '../executor/image.js';
import { FollowedLog } from '../log/followed-log.js';
import { isLeftover, ownerIn, type Labels } from '../ownership/container-labels.js';
import { isLeftBehind, isProcessAlive } from '../ownership/is-left-behind.js';
import type { Owner } from '../ownership/owner.js';
import { jobBody } from './job-body.js';
import { jobMarks, jobsOf } from './job-marks.js';
import { jobSecrets, secretNames } from './job-secrets.js';
import type { KubernetesAddress } from './kubernetes-address.js';
import type { KubernetesJobs } from './kubernetes-jobs.js';
import { hasBegun, lost, podEnd, whyItWaits } from './pod-end.js';
import { podSightings } from './pod-sightings.js';

/** For a Job to be gone. Whoever waits for a module that was told to stop waits little longer. */
const REMOVAL_MS = 8000;
const LOOK_MS = 250;

export interface KubernetesExecutorOptions {
  readonly jobs: KubernetesJobs;
  readonly address: KubernetesAddress;
  /** Where this service sees the shared volume. */
  readonly folder: string;
  /** Name of the log: Jobs of others are left alone. */
  readonly installation: string;
  readonly owner: Owner;
}

/**
 * Runs containers as Kubernetes Jobs. A Job that cannot be removed in time, because its node or the server does not answer, is left to
 * Kubernetes, which ends it when its time is over, and to whoever removes leftovers.
 */
export class KubernetesExecutor implements ContainerExecutor {
  constructor(private readonly options: KubernetesExecutorOptions) {}

  /** The image is pulled where the container will run; what cannot be had is known then. */
  prepare(request: ImageRequest, signal: AbortSignal): Promise<Image> {
    signal.throwIfAborted();
    const { reference } = request;
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1];
    return Promise.resolve({ reference, id: reference, volumes: [], pending: request, ...(digest && { digest }) });
  }

  async run(spec: ContainerSpec, onLog: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<ContainerRun> {
    signal.throwIfAborted();
    const name = `waystation-${randomBytes(8).toString('hex')}`;
    try {
      await this.#begin(name, spec, signal);
      return await this.#end(name, onLog, signal);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      await this.#remove(name);
    }
  }

  async removeLeftovers(): Promise<number> {
    const found = await this.options.jobs.list(jobsOf(this.options.installation), never);
    const gone = new Set(await this.leftBehind(found.flatMap((job) => ownerIn(marksOf(job)) ?? [])).then(livesOf));
    const leftovers = found.filter((job) => isLeftover(marksOf(job), Date.now(), ({ life }) => gone.has(life)));
    for (const { metadata } of leftovers) await this.#remove(metadata?.name ?? '');
    return leftovers.length;
  }

  /** A pod has a name of its own, which is that of its host: whoever lived in one that is not there is gone. */
  async leftBehind(owners: readonly Owner[]): Promise<readonly Owner[]> {
    const { owner: me, jobs } = this.options;
    const others = owners.filter(({ life }) => life !== me.life);
    if (others.length === 0) return [];
    const { pods } = await jobs.pods(undefined, never);
    const hosts = new Set(pods.filter(isAlive).map(({ metadata }) => metadata?.name));
    // From outside of the cluster nothing can be said of others.
    const isInside = hosts.has(me.host);
    return others.filter((owner) => (isInside && !hosts.has(owner.host)) || isLeftBehind(owner, me, isProcessAlive));
  }

  /** The Job is there before its secrets, so that they are its own, and begins when they are there. */
  async #begin(name: string, spec: ContainerSpec, signal: AbortSignal): Promise<void> {
    const { jobs, address, folder, installation, owner } = this.options;
    const frame = { name, address, folder, now: Date.now(), ...secretNames(name, spec) };
    const body = jobBody(spec, { ...frame, ...jobMarks(installation, owner, spec) });
    const job = await jobs.create(body, signal);
    for (const secret of jobSecrets(job, name, spec)) await jobs.createSecret(secret, signal);
    await jobs.begin(name, signal);
  }

  async #end(name: string, onLog: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<ContainerRun> {
    let log: FollowedLog | undefined;
    let told: string | undefined;
    const tell = (what: string | undefined): void => {
      if (what !== undefined && what !== told) onLog(Buffer.from(`[it waits: ${what}]\n`));
      told = what ?? told;
    };
    try {
      for await (const pod of podSightings(this.options.jobs, name, signal)) {
        if (pod === undefined) {
          tell(await this.#whyNoPod(name, signal));
          continue;
        }
        tell(whyItWaits(pod));
        if (hasBegun(pod))
          log ??= new FollowedLog(this.options.jobs.log(pod.metadata?.name ?? ''), onLog, { endsWhole: true });
        const end = podEnd(pod);
        if (end === undefined) continue;
        await log?.complete();
        return end;
      }
      throw lost('nobody tells of it any more');
    } finally {
      await log?.stop();
    }
  }

  /** @throws CodedError `container.lost` where there will be none */
  async #whyNoPod(name: string, signal: AbortSignal): Promise<string | undefined> {
    const job = await this.options.jobs.find(name, signal);
    if (job === undefined) throw lost('its Job is gone');
    const failed = job.status?.conditions?.find(({ type, status }) => type === 'Failed' && status === 'True');
    if (failed !== undefined) throw lost(`${failed.reason ?? 'its Job failed'}: ${failed.message ?? ''}`);
    return this.options.jobs.whyNoPod(name, signal);
  }

  async #remove(name: string): Promise<void> {
    const inTime = AbortSignal.timeout(REMOVAL_MS);
    let isAsked = false;
    while (!inTime.aborted) {
      try {
        if (!isAsked) await this.options.jobs.remove(name, inTime);
        isAsked = true;
        if ((await this.options.jobs.find(name, inTime)) === undefined) return;
      } catch {
        // Whoever does not answer now may answer when asked again.
      }
      await sleep(LOOK_MS);
    }
  }
}

const never = new AbortController().signal;

const marksOf = ({ metadata }: V1Job): Labels => ({ ...metadata?.labels, ...metadata?.annotations });

const livesOf = (owners: readonly Owner[]): readonly string[] => owners.map(({ life }) => life);

const isAlive = ({ status }: V1Pod): boolean => status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
