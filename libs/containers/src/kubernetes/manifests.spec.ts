import { readdir, readFile } from 'node:fs/promises';
import type { V1Deployment, V1PodSpec, V1Role } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { containerSpec } from '../../test/container-spec.js';
import { readRecording } from '../../test/recording.js';
import { newOwner } from '../ownership/owner.js';
import { jobMarks } from './job-marks.js';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const folder = new URL('../../../../deploy/kubernetes/', import.meta.url);
const recordings = new URL('../../test/recordings/', import.meta.url);
const verbs: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'patch', DELETE: 'delete' };

/** What a request needs a right for: `jobs create`. */
const rightFor = (asked: string): string => {
  const [method = '', place = ''] = asked.split(' ');
  const [path = '', query = ''] = place.split('?');
  const [kind = '', name, part] = path.replace(/^.*\/namespaces\/waystation\//, '').split('/');
  const read = query.includes('watch=true') ? 'watch' : name === undefined ? 'list' : 'get';
  return `${part === undefined ? kind : `${kind}/${part}`} ${verbs[method] ?? read}`;
};

describe('deploy/kubernetes', () => {
  let manifests: readonly Manifest[];
  const of = <Kind>(kind: string): readonly (Manifest & Kind)[] =>
    manifests.filter((one): one is Manifest & Kind => one.kind === kind);
  const pods = (): readonly (readonly [string, V1PodSpec])[] =>
    [...of<V1Deployment>('Deployment'), ...of<V1Deployment>('StatefulSet')].flatMap(({ metadata, spec }) =>
      spec?.template.spec === undefined ? [] : [[metadata.name, spec.template.spec] as const],
    );

  beforeAll(async () => {
    const { loadAllYaml } = await import('@kubernetes/client-node');
    const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml');
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
    manifests = texts.flatMap((text) => loadAllYaml(text) as readonly Manifest[]);
  }, 60_000);

  it('runs every service, each as the restricted Pod Security Standard wants it', () => {
    expect(
      pods()
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(['anonymizer', 'audit', 'control', 'dispatch', 'ingest', 'processing', 'routing', 'statistics']);
    for (const [name, pod] of pods()) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.containers.map(({ args, securityContext }) => [args, securityContext])).toEqual([
        [[name], { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }],
      ]);
    }
  });

  it('gives nobody but processing access to the cluster, and that one the rights it uses and no others', async () => {
    expect(pods().flatMap(([name, pod]) => (pod.automountServiceAccountToken === false ? [] : [name]))).toEqual([
      'processing',
    ]);
    const rights = of<V1Role>('Role').flatMap(({ rules = [] }) =>
      rules.flatMap(({ resources = [], verbs: may }) =>
        resources.flatMap((what) => may.map((verb) => `${what} ${verb}`)),
      ),
    );
    expect([...new Set((await everythingAsked()).map(rightFor))].toSorted()).toEqual(rights.toSorted());
  });

  it('shuts modules off by the label that their pods have', () => {
    const { labels } = jobMarks('main', newOwner(), containerSpec());
    const policies = of<{ readonly spec: { readonly podSelector: { readonly matchLabels?: Record<string, string> } } }>(
      'NetworkPolicy',
    );
    const closed = policies.find(({ metadata }) => metadata.name === 'modules-have-no-network');
    expect(labels).toMatchObject(closed?.spec.podSelector.matchLabels ?? { none: 'is there' });
  });

  it('has Jobs see the volume that processing writes to', () => {
    const [, pod] = pods().find(([name]) => name === 'processing') ?? [];
    const { env = [], volumeMounts = [] } = pod?.containers[0] ?? {};
    const valueOf = (name: string) => env.find((one) => one.name === name)?.value;
    const mount = volumeMounts.find(({ mountPath }) => mountPath === valueOf('WAYSTATION_CONTAINERS_FOLDER'));
    const volume = pod?.volumes?.find(({ name }) => name === mount?.name);
    expect(valueOf('WAYSTATION_CONTAINERS_ENGINE')).toBe(
      `kubernetes://waystation/${volume?.persistentVolumeClaim?.claimName ?? ''}`,
    );
    expect(of('PersistentVolumeClaim').map(({ metadata }) => metadata.name)).toEqual([
      volume?.persistentVolumeClaim?.claimName,
    ]);
  });
});

/** All that the executor asked a real API server for; `recorded-conversations.spec.ts` sees to it that it still does. */
const everythingAsked = async (): Promise<readonly string[]> => {
  const names = (await readdir(recordings)).map((file) => file.replace('.jsonl', ''));
  const all = await Promise.all(names.map(readRecording));
  return all.flatMap(({ exchanges }) => exchanges.map(({ asked }) => asked));
};
