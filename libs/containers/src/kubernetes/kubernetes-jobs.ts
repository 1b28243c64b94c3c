import type { V1Job, V1Pod, V1Secret } from '@kubernetes/client-node';
import { linesOf } from '../http/lines-of.js';
import { statusOf } from '../http/status-of.js';
import type { LogReader } from '../log/followed-log.js';
import { MODULE } from './job-body.js';
import type { KubernetesConnection } from './kubernetes-connection.js';

/** For an answer that does not wait for anything. */
const ANSWER_MS = 30_000;
/** How long the server lets a watch last: after that it is looked anew, so that nothing that was missed stays so. */
const WATCH_SECONDS = 30;

/** What a list and a watch tell of the pods of a Job. */
export interface PodList {
  readonly pods: readonly V1Pod[];
  readonly resourceVersion: string;
}

export interface PodChange {
  readonly type: string;
  readonly object: V1Pod;
}

/** What is asked of Kubernetes, in one namespace: this and nothing else is what the service account needs rights for. */
export class KubernetesJobs {
  constructor(
    private readonly connection: KubernetesConnection,
    private readonly namespace: string,
  ) {}

  async create(job: V1Job, signal: AbortSignal): Promise<V1Job> {
    return (await this.connection.json({
      method: 'POST',
      path: this.#jobs(),
      body: job,
      signal: soon(signal),
    })) as V1Job;
  }

  async createSecret(secret: V1Secret, signal: AbortSignal): Promise<void> {
    await this.connection.json({ method: 'POST', path: this.#core('secrets'), body: secret, signal: soon(signal) });
  }

  /** Lets a Job that was created without a pod have one. */
  async begin(name: string, signal: AbortSignal): Promise<void> {
    const body = { spec: { parallelism: 1 } };
    await this.connection.json({ method: 'PATCH', path: this.#jobs(name), body, signal: soon(signal) });
  }

  /** Undefined where it is not there. */
  async find(name: string, signal: AbortSignal): Promise<V1Job | undefined> {
    try {
      return (await this.connection.json({ method: 'GET', path: this.#jobs(name), signal: soon(signal) })) as V1Job;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }

  async list(labels: string, signal: AbortSignal): Promise<readonly V1Job[]> {
    const path = `${this.#jobs()}?${query({ labelSelector: labels })}`;
    return ((await this.connection.json({ method: 'GET', path, signal: soon(signal) })) as Listed<V1Job>).items;
  }

  /** Its pod goes first, and then the Job itself. It may be gone already. */
  async remove(name: string, signal: AbortSignal): Promise<void> {
    try {
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Foreground' };
      await this.connection.json({ method: 'DELETE', path: this.#jobs(name), body, signal: soon(signal) });
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }

  /** All pods of the namespace, or those of a Job. */
  async pods(job: string | undefined, signal: AbortSignal): Promise<PodList> {
    const path = `${this.#core('pods')}?${query(podsOf(job))}`;
    const found = await this.connection.json({ method: 'GET', path, signal: soon(signal) });
    const { items: pods, metadata } = found as Listed<V1Pod>;
    return { pods, resourceVersion: metadata.resourceVersion };
  }

  /** Changes of the pods of a Job from then on, until the server has had enough. */
  async *watch(job: string, resourceVersion: string, signal: AbortSignal): AsyncGenerator<PodChange> {
    const asked = { ...podsOf(job), watch: 'true', resourceVersion, timeoutSeconds: String(WATCH_SECONDS) };
    // A connection that died unnoticed ends as well.
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(WATCH_SECONDS * 2000)]);
    const answer = await this.connection.open({
      ...{ method: 'GET', signal: bounded },
      path: `${this.#core('pods')}?${query(asked)}`,
    });
    for await (const line of linesOf(answer)) yield JSON.parse(line) as PodChange;
  }

  /** Reads the log of the container of a pod. */
  log(pod: string): LogReader {
    return async (follow, onBytes, signal) => {
      const path = `${this.#core('pods', pod)}/log?${query({ container: MODULE, follow: String(follow) })}`;
      const answer = await this.connection.open({ method: 'GET', path, signal });
      for await (const piece of answer as AsyncIterable<Buffer>) onBytes(piece);
    };
  }

  /** Why Kubernetes made no pod for a Job, where it says. */
  async whyNoPod(job: string, signal: AbortSignal): Promise<string | undefined> {
    const fieldSelector = `involvedObject.kind=Job,involvedObject.name=${job},reason=FailedCreate`;
    const path = `${this.#core('events')}?${query({ fieldSelector })}`;
    const found = await this.connection.json({ method: 'GET', path, signal: soon(signal) });
    return (found as Listed<{ readonly message?: string }>).items.at(-1)?.message;
  }

  #jobs(name?: string): string {
    return `/apis/batch/v1/namespaces/${this.namespace}/jobs${name === undefined ? '' : `/${name}`}`;
  }

  #core(kind: 'pods' | 'secrets' | 'events', name?: string): string {
    return `/api/v1/namespaces/${this.namespace}/${kind}${name === undefined ? '' : `/${name}`}`;
  }
}

interface Listed<Item> {
  readonly items: readonly Item[];
  readonly metadata: { readonly resourceVersion: string };
}

const podsOf = (job: string | undefined): Record<string, string> =>
  job === undefined ? {} : { labelSelector: `job-name=${job}` };

const query = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();

const soon = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
