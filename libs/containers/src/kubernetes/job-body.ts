import type { V1Container, V1Job, V1PodSpec, V1ResourceRequirements, V1Volume } from '@kubernetes/client-node';
import { CodedError } from '@waystation/kernel';
import type { ContainerSpec } from '../executor/container-spec.js';
import type { KubernetesAddress } from './kubernetes-address.js';
import { SHARED, sharedMount } from './shared-mount.js';

/** Name of the container in its pod. */
export const MODULE = 'module';
/** A Job that is over stays no longer, should nobody remove it. */
const KEPT_SECONDS = 3600;
/** 0 would remove the record of a pod before its container is gone. */
const GRACE_SECONDS = 1;

/** What a Job is made of besides the container. */
export interface JobFrame {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly address: KubernetesAddress;
  /** Where this service sees the shared volume. */
  readonly folder: string;
  /** Of the secret with the variables of the environment. */
  readonly environmentSecret: string;
  /** Of the secret for the registry, where it wants one. */
  readonly pullSecret?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What Kubernetes is asked to create: one pod that is never started twice, with no privileges, none to be gained and no access to the
 * cluster, and nothing to write to but its folders and memory. It gets no pod, by a parallelism of 0, until its secrets are there: servers
 * before 1.22 would not know `suspend` and begin at once.
 * @throws CodedError `container.bind-elsewhere`, `container.gpus-unsupported`
 */
export const jobBody = (spec: ContainerSpec, frame: JobFrame): V1Job => {
  const { name, labels, annotations, now } = frame;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels, annotations },
    spec: {
      backoffLimit: 0,
      completions: 1,
      parallelism: 0,
      activeDeadlineSeconds: Math.max(1, Math.ceil((spec.expiresAt - now) / 1000)),
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: { metadata: { labels }, spec: podOf(spec, frame) },
    },
  };
};

const podOf = (spec: ContainerSpec, frame: JobFrame): V1PodSpec => {
  const [user = 0, group = 0] = spec.user.split(':').map(Number);
  const { runtimeClass } = frame.address;
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: GRACE_SECONDS,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsUser: user,
      runAsGroup: group,
      runAsNonRoot: user !== 0,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(runtimeClass !== undefined && { runtimeClassName: runtimeClass }),
    ...(frame.pullSecret !== undefined && { imagePullSecrets: [{ name: frame.pullSecret }] }),
    containers: [containerOf(spec, frame)],
    volumes: volumesOf(spec, frame),
  };
};

const pullPolicies = { 'if-missing': 'IfNotPresent', always: 'Always', never: 'Never' } as const;

const containerOf = (spec: ContainerSpec, { address, folder, environmentSecret }: JobFrame): V1Container => ({
  name: MODULE,
  image: spec.image.id,
  imagePullPolicy: pullPolicies[spec.image.pending?.pull ?? 'if-missing'],
  // In place of what the image gives to its entry point. Kubernetes replaces $(NAME) in it, which is not asked for.
  ...(spec.command !== undefined && { args: spec.command.map((word) => word.replaceAll('$', '$$$$')) }),
  envFrom: [{ secretRef: { name: environmentSecret } }],
  resources: resourcesOf(spec, address),
  securityContext: {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
  volumeMounts: [
    ...memoryFolders(spec).map(({ name, path }) => ({ name, mountPath: path })),
    ...spec.binds.map((bind) => sharedMount(bind, folder)),
  ],
});

const resourcesOf = (spec: ContainerSpec, { gpu }: KubernetesAddress): V1ResourceRequirements => {
  if (spec.gpus === 'all') {
    const sentence = 'on Kubernetes a module has to say how many GPUs it wants: "all" cannot be asked for';
    throw new CodedError('container.gpus-unsupported', sentence, { details: { retryable: false } });
  }
  const amounts = {
    cpu: String(spec.cpus),
    memory: `${spec.memoryMegabytes}Mi`,
    // What it writes elsewhere than to its folders: its log, and volumes of its image.
    'ephemeral-storage': String(spec.largestFileBytes),
    ...(spec.gpus > 0 && { [gpu]: String(spec.gpus) }),
  };
  return { requests: amounts, limits: amounts };
};

const volumesOf = (spec: ContainerSpec, { address }: JobFrame): V1Volume[] => [
  { name: SHARED, persistentVolumeClaim: { claimName: address.claim } },
  ...memoryFolders(spec).map(({ name, sizeLimit }) => ({ name, emptyDir: { medium: 'Memory', sizeLimit } })),
];

/** They count as memory of the container. */
const memoryFolders = ({ memoryMegabytes }: ContainerSpec) => [
  { name: 'tmp', path: '/tmp', sizeLimit: `${memoryMegabytes}Mi` },
  { name: 'shm', path: '/dev/shm', sizeLimit: `${Math.floor(memoryMegabytes / 2)}Mi` },
];
