import type { V1Job, V1Secret } from '@kubernetes/client-node';
import type { ContainerSpec } from '../executor/container-spec.js';

/** Names of the secrets of a Job. */
export const secretNames = (
  name: string,
  { image }: Pick<ContainerSpec, 'image'>,
): { readonly environmentSecret: string; readonly pullSecret?: string } => ({
  environmentSecret: `${name}-environment`,
  ...(image.pending?.credentials !== undefined && { pullSecret: `${name}-registry` }),
});

/**
 * The secrets of a Job, which go when it goes: the variables of its environment, as any of them may be secret, and what the
 * registry wants to see.
 * @param job as Kubernetes has created it
 */
export const jobSecrets = (job: V1Job, name: string, spec: ContainerSpec): readonly V1Secret[] => {
  const { environmentSecret, pullSecret } = secretNames(name, spec);
  const secret = (secretName: string, content: Omit<V1Secret, 'metadata'>): V1Secret => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: secretName,
      labels: job.metadata?.labels ?? {},
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: job.metadata?.uid ?? '' }],
    },
    immutable: true,
    ...content,
  });
  const environment = secret(environmentSecret, { type: 'Opaque', stringData: { ...spec.environment } });
  const pending = spec.image.pending;
  if (pullSecret === undefined || pending?.credentials === undefined) return [environment];
  const { user: username, password } = pending.credentials;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  const auths = { [registryOf(pending.reference)]: { username, password, auth } };
  const shown = { '.dockerconfigjson': JSON.stringify({ auths }) };
  return [environment, secret(pullSecret, { type: 'kubernetes.io/dockerconfigjson', stringData: shown })];
};

/** The first part of a name is a registry if it could be a host; images without one are on Docker Hub. */
const registryOf = (reference: string): string => {
  const [first = '', ...rest] = reference.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'https://index.docker.io/v1/';
};
