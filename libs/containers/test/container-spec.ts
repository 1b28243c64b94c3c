import type { ContainerSpec } from '../src/executor/container-spec.js';

/** A container as a module of mercure asks for it. */
export const containerSpec = (more: Partial<ContainerSpec> = {}): ContainerSpec => ({
  job: '5d1f0c3a9be7426880d1',
  image: { reference: 'registry.example/module:1', id: 'registry.example/module:1', volumes: [] },
  environment: { MERCURE_IN_DIR: '/tmp/data', TOKEN: 'hush' },
  binds: [{ source: '/shared/jobs/me/1/in', target: '/tmp/data', readOnly: false }],
  network: false,
  cpus: 1.5,
  memoryMegabytes: 256,
  pids: 64,
  gpus: 0,
  user: '1000:1000',
  largestFileBytes: 1000,
  expiresAt: 600_000,
  ...more,
});
