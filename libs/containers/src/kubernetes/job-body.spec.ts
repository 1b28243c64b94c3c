import { describe, expect, it } from 'vitest';
import { containerSpec } from '../../test/container-spec.js';
import { jobBody, type JobFrame } from './job-body.js';

const frame: JobFrame = {
  name: 'waystation-1',
  labels: { a: 'b' },
  annotations: {},
  address: { namespace: 'ns', claim: 'claim', gpu: 'nvidia.com/gpu' },
  folder: '/shared',
  environmentSecret: 'waystation-1-environment',
  now: 100_500,
};
const podOf = (...[spec, more]: [Parameters<typeof jobBody>[0], Partial<JobFrame>?]) =>
  jobBody(spec, { ...frame, ...more }).spec?.template.spec;

describe('jobBody', () => {
  it('asks for nothing that a module does not need', () => {
    const pod = podOf(containerSpec());
    expect(pod).toMatchObject({
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsUser: 1000,
        runAsGroup: 1000,
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(pod?.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod?.containers[0]).not.toHaveProperty('args');
    expect(pod).not.toHaveProperty('runtimeClassName');
  });

  it('has no variable of the environment in it, as any may be secret', () => {
    const body = JSON.stringify(jobBody(containerSpec(), frame));
    expect(body).not.toContain('hush');
    expect(body).toContain('"secretRef":{"name":"waystation-1-environment"}');
  });

  it('bounds what it takes, and how long it may go on without us', () => {
    const spec = containerSpec({ gpus: 2 });
    const { resources } = podOf(spec)?.containers[0] ?? {};
    expect(resources?.limits).toEqual(resources?.requests);
    expect(resources?.limits).toEqual({
      ...{ cpu: '1.5', memory: '256Mi', 'ephemeral-storage': '1000' },
      'nvidia.com/gpu': '2',
    });
    expect(jobBody(spec, frame).spec).toMatchObject({ activeDeadlineSeconds: 500, backoffLimit: 0, parallelism: 0 });
  });

  it('shows it folders of the shared volume and memory, and nothing else', () => {
    const pod = podOf(containerSpec());
    expect(pod?.containers[0]?.volumeMounts).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'shm', mountPath: '/dev/shm' },
      { name: 'shared', mountPath: '/tmp/data', subPath: 'jobs/me/1/in', readOnly: false },
    ]);
    expect(pod?.volumes).toEqual([
      { name: 'shared', persistentVolumeClaim: { claimName: 'claim' } },
      { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '128Mi' } },
    ]);
  });

  it.each(['/etc', '/shared', '/shared/../etc', '/shared-too/x'])('shows nobody the folder %s', (source) => {
    const binds = [{ source, target: '/x', readOnly: true }];
    expect(() => jobBody(containerSpec({ binds }), frame)).toThrow(
      expect.objectContaining({ code: 'container.bind-elsewhere', details: { retryable: false } }),
    );
  });

  it('says that not all GPUs can be asked for', () => {
    expect(() => jobBody(containerSpec({ gpus: 'all' }), frame)).toThrow(
      expect.objectContaining({ code: 'container.gpus-unsupported' }),
    );
  });

  it('passes on a command as it is, where Kubernetes would replace names in it', () => {
    const command = ['/bin/sh', '-c', 'echo $(HOME) $x'];
    expect(podOf(containerSpec({ command }))?.containers[0]?.args).toEqual(['/bin/sh', '-c', 'echo $$(HOME) $$x']);
  });

  it('knows root, another runtime and a registry that wants to know who asks', () => {
    const address = { ...frame.address, runtimeClass: 'gvisor' };
    expect(podOf(containerSpec({ user: '0:0' }), { address, pullSecret: 'r' })).toMatchObject({
      securityContext: { runAsUser: 0, runAsNonRoot: false },
      runtimeClassName: 'gvisor',
      imagePullSecrets: [{ name: 'r' }],
    });
  });
});
