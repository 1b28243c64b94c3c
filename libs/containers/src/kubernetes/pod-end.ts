import type { V1ContainerState, V1ContainerStateTerminated, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { CodedError } from '@waystation/kernel';
import type { ContainerRun } from '../executor/container-run.js';
import { MODULE } from './job-body.js';

/** Reasons for which a container waits that end only if somebody does something. */
const noImage =
  /^(ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;
const noStart =
  /^(CreateContainerConfigError|CreateContainerError|RunContainerError|PreCreateHookError|PreStartHookError)$/;
/** Of a container that was never there, and of one whose end nobody has seen. */
const neverRan = /^(StartError|ContainerCannotRun)$/;
const unseen = 'ContainerStatusUnknown';

/**
 * How the container of a pod ended; undefined while it has not.
 * @throws CodedError `container.image-unavailable`, `container.not-started`, and `container.lost` where it was not the module
 *   that ended it: evicted, drained, deleted, on a node that is gone
 */
export const podEnd = (pod: V1Pod): ContainerRun | undefined => {
  const container = moduleIn(pod);
  const state = container?.state ?? {};
  const ended = state.terminated;
  if (ended?.exitCode === 0) return runOf(container, ended);
  const disruption = disruptionOf(pod);
  if (disruption !== undefined) throw lost(disruption);
  if (ended !== undefined && ended.reason !== unseen) {
    if (neverRan.test(ended.reason ?? '')) throw notStarted(ended);
    if (isKilled(pod, ended)) throw lost('somebody deletes its pod');
    return runOf(container, ended);
  }
  checkWaiting(pod, state);
  if (pod.status?.phase === 'Failed') throw lost(sentenceOf(pod.status) || 'its pod failed');
  if (pod.metadata?.deletionTimestamp !== undefined) throw lost('somebody deletes its pod');
  return undefined;
};

/** Whether the container has begun: then there is a log. */
export const hasBegun = (pod: V1Pod): boolean => {
  const { running, terminated } = moduleIn(pod)?.state ?? {};
  return running !== undefined || (terminated !== undefined && terminated.reason !== unseen);
};

/** Why no node takes a pod, in the words of the scheduler. */
export const whyItWaits = (pod: V1Pod): string | undefined =>
  pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message;

/** The container is gone, and it is not said to be the module's doing. */
export const lost = (why: string): CodedError =>
  new CodedError('container.lost', `Kubernetes ended the container, or lost it: ${why}`);

const moduleIn = (pod: V1Pod): V1ContainerStatus | undefined =>
  pod.status?.containerStatuses?.find(({ name }) => name === MODULE);

const runOf = (container: V1ContainerStatus | undefined, ended: V1ContainerStateTerminated): ContainerRun => {
  const imageDigest = /sha256:[0-9a-f]{64}$/.exec(container?.imageID ?? '')?.[0];
  return {
    exitCode: ended.exitCode,
    durationMs: Math.max(0, timeOf(ended.finishedAt) - timeOf(ended.startedAt)),
    outOfMemory: ended.reason === 'OOMKilled',
    ...(imageDigest !== undefined && { imageDigest }),
  };
};

/** The answer is plain JSON, whatever the types of the client library say of times. */
const timeOf = (time: Date | string | undefined): number => (time === undefined ? 0 : new Date(time).getTime());

/** Since Kubernetes 1.26 a condition says so; before, and of the kubelet itself, the reason of the pod. */
const disruptionOf = (pod: V1Pod): string | undefined => {
  const condition = pod.status?.conditions?.find(
    ({ type, status }) => type === 'DisruptionTarget' && status === 'True',
  );
  if (condition !== undefined) return sentenceOf(condition);
  const reason = pod.status?.reason ?? '';
  return /^(Evicted|Preempting|NodeLost|NodeShutdown|Terminated|Shutdown)$/.test(reason)
    ? sentenceOf(pod.status ?? {})
    : undefined;
};

/** Whether the container ended after somebody had asked for its pod to be deleted. */
const isKilled = ({ metadata }: V1Pod, { finishedAt, reason }: V1ContainerStateTerminated): boolean => {
  if (metadata?.deletionTimestamp === undefined || reason === 'OOMKilled') return false;
  const askedAt = timeOf(metadata.deletionTimestamp) - (metadata.deletionGracePeriodSeconds ?? 0) * 1000;
  return finishedAt === undefined || timeOf(finishedAt) >= askedAt;
};

const checkWaiting = (pod: V1Pod, { waiting }: V1ContainerState): void => {
  if (waiting === undefined) return;
  const reason = waiting.reason ?? '';
  if (noImage.test(reason)) {
    const image = pod.spec?.containers.find(({ name }) => name === MODULE)?.image ?? '';
    throw new CodedError('container.image-unavailable', `the image ${image} cannot be had: ${sentenceOf(waiting)}`);
  }
  if (noStart.test(reason)) throw notStarted(waiting);
};

const notStarted = (state: { readonly reason?: string; readonly message?: string }): CodedError =>
  new CodedError('container.not-started', `the container cannot be started: ${sentenceOf(state)}`);

const sentenceOf = ({ reason, message }: { readonly reason?: string; readonly message?: string }): string =>
  [reason, message].filter((part) => part !== undefined && part !== '').join(': ');
