import { CodedError } from '@waystation/kernel';

/** Where in a cluster containers run. */
export interface KubernetesAddress {
  readonly namespace: string;
  /** Name of the PersistentVolumeClaim that this service and the containers see alike. */
  readonly claim: string;
  /** What the cluster calls a GPU. */
  readonly gpu: string;
  /** Another runtime for containers, such as one that gives each a kernel of its own. */
  readonly runtimeClass?: string;
}

/** RFC 1123 labels and subdomains, which is what Kubernetes calls things. */
const address = /^kubernetes:\/\/([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)\/([a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?)(\?.*)?$/;
const known = new Set(['gpu', 'runtimeClass']);

/** Whether an address is one of Kubernetes. */
export const isKubernetesAddress = (text: string): boolean => text.startsWith('kubernetes:');

/**
 * Reads `kubernetes://namespace/claim?gpu=nvidia.com/gpu&runtimeClass=gvisor`.
 * @throws CodedError `container.engine-address`
 */
export const parseKubernetesAddress = (text: string): KubernetesAddress => {
  const [, namespace, , claim, , query] = address.exec(text) ?? [];
  const options = new URLSearchParams(query);
  const unknown = [...options.keys()].find((key) => !known.has(key));
  if (namespace === undefined || claim === undefined || unknown !== undefined) {
    const why = unknown === undefined ? '' : ` without ${unknown}`;
    throw new CodedError(
      'container.engine-address',
      `${JSON.stringify(text)} is no address in Kubernetes: expected kubernetes://namespace/claim?gpu=…&runtimeClass=…${why}`,
    );
  }
  const runtimeClass = options.get('runtimeClass');
  return { namespace, claim, gpu: options.get('gpu') ?? 'nvidia.com/gpu', ...(runtimeClass && { runtimeClass }) };
};
