import { DockerExecutor } from '../engine/docker-executor.js';
import { parseEngineAddress } from '../engine/engine-address.js';
import { EngineConnection } from '../engine/engine-connection.js';
import { isKubernetesAddress, parseKubernetesAddress } from '../kubernetes/kubernetes-address.js';
import { KubernetesConnection } from '../kubernetes/kubernetes-connection.js';
import { KubernetesExecutor } from '../kubernetes/kubernetes-executor.js';
import { KubernetesJobs } from '../kubernetes/kubernetes-jobs.js';
import type { Owner } from '../ownership/owner.js';
import type { ContainerExecutor } from './container-executor.js';

/** Who runs containers, and for whom. */
export interface ExecutorOptions {
  /** Name of the log: containers of others are left alone. */
  readonly installation: string;
  readonly owner: Owner;
  /** Of the input and output of containers. */
  readonly folder: string;
}

/**
 * The executor that an address names: `unix:///var/run/docker.sock` or `http://host:port` of a Docker Engine, or
 * `kubernetes://namespace/claim`.
 * @throws CodedError `container.engine-address`
 */
export const executorAt = (address: string, options: ExecutorOptions): ContainerExecutor => {
  if (!isKubernetesAddress(address)) {
    return new DockerExecutor({ ...options, engine: new EngineConnection(parseEngineAddress(address)) });
  }
  const place = parseKubernetesAddress(address);
  const jobs = new KubernetesJobs(new KubernetesConnection(), place.namespace);
  return new KubernetesExecutor({ ...options, jobs, address: place });
};
