import { setTimeout as sleep } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import { statusOf } from '../http/status-of.js';
import type { KubernetesJobs } from './kubernetes-jobs.js';
import { lost } from './pod-end.js';

/** Between the end of a watch, or where it did not come about, and the next look. */
const AGAIN_MS = 1000;
/** A server that has just started refuses everybody for a moment: it does not know yet who may do what. */
const REFUSED_MS = 60_000;

/**
 * The pod of a Job, each time something is new about it; undefined where there is none yet. It looks, watches from there, and looks
 * anew when the watch ends. While the server cannot be reached it goes on trying: the container does not depend on that.
 *
 * @throws CodedError `container.lost` where the pod is gone, `container.engine-refused` where the server refuses to tell, from the
 *   first or for a minute, and the reason of the signal
 */
export async function* podSightings(
  jobs: KubernetesJobs,
  job: string,
  signal: AbortSignal,
): AsyncGenerator<V1Pod | undefined> {
  let seen: string | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      const { pods, resourceVersion } = await jobs.pods(job, signal);
      toldAt = performance.now();
      // Another one may have come in place of it: what it does is not asked for.
      const pod = pods.find(({ metadata }) => seen === undefined || metadata?.uid === seen);
      if (pod === undefined && seen !== undefined) throw lost('its pod is gone');
      seen = pod?.metadata?.uid;
      yield pod;
      for await (const { type, object } of jobs.watch(job, resourceVersion, signal)) {
        // Too old to go on from there, or something else that ends this watch.
        if (type === 'ERROR') break;
        if (type === 'BOOKMARK') continue;
        seen ??= object.metadata?.uid;
        if (object.metadata?.uid !== seen) continue;
        yield object;
        if (type === 'DELETED') throw lost('its pod is gone');
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const refusesSince = performance.now() - toldAt;
      if (!mayPass(error) && !(isRefusal(error) && refusesSince < REFUSED_MS)) throw error;
    }
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

const isRefusal = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === 401 || status === 403;
};

/** What is no answer, or one that says to come again. */
const mayPass = (error: unknown): boolean => {
  const status = statusOf(error);
  if (typeof status === 'number') return status === 410 || status === 429 || status >= 500;
  return !(error instanceof Error && 'code' in error && error.code === 'container.lost');
};
