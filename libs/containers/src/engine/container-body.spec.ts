import { describe, expect, it } from 'vitest';
import type { ContainerSpec } from '../executor/container-spec.js';
import { containerBody } from './container-body.js';

const spec: ContainerSpec = {
  job: 'job-1',
  image: { reference: 'module:1', id: 'sha256:aa', digest: 'sha256:bb', volumes: [] },
  environment: {},
  binds: [],
  network: false,
  cpus: 1.5,
  memoryMegabytes: 256,
  pids: 64,
  gpus: 0,
  user: '65532:65532',
  largestFileBytes: 1000,
  expiresAt: 0,
};

describe('containerBody', () => {
  it('asks for nothing that a module does not need', () => {
    expect(containerBody(spec, { job: 'job-1' })).toMatchObject({
      Image: 'sha256:aa',
      User: '65532:65532',
      Labels: { job: 'job-1' },
      HostConfig: {
        ReadonlyRootfs: true,
        NetworkMode: 'none',
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges'],
        NanoCpus: 1_500_000_000,
        Memory: 268_435_456,
        MemorySwap: 268_435_456,
        PidsLimit: 64,
      },
    });
  });

  it('leaves the command of the image and asks for no device unless told', () => {
    const body = containerBody(spec, {});
    expect(body).not.toHaveProperty('Cmd');
    expect(body).not.toHaveProperty('HostConfig.DeviceRequests');
  });

  it.each([
    [2, 2],
    ['all' as const, -1],
  ])('asks for %s GPUs', (gpus, count) => {
    expect(containerBody({ ...spec, gpus }, {})).toHaveProperty('HostConfig.DeviceRequests', [
      { Count: count, Capabilities: [['gpu']] },
    ]);
  });

  it('gives the volumes of the image as memory, except where a folder is bound', () => {
    const image = { ...spec.image, volumes: ['/var/cache', '/models'] };
    const binds = [{ source: '/srv/models', target: '/models', readOnly: true }];
    expect(containerBody({ ...spec, image, binds }, {})).toHaveProperty('HostConfig.Tmpfs', {
      '/tmp': 'rw,exec,nosuid,nodev,mode=1777,size=256m',
      '/var/cache': 'rw,exec,nosuid,nodev,mode=1777,size=256m',
    });
  });
});
