import type { Exchange } from './kubernetes-conversation.js';

export const JOBS = '/apis/batch/v1/namespaces/ns/jobs';
export const PODS = '/api/v1/namespaces/ns/pods';
const SECRETS = '/api/v1/namespaces/ns/secrets';
export const LOG = `${PODS}/JOB-x7k2p/log`;
const digest = `sha256:${'ab'.repeat(32)}`;

/** The pod of the Job, as it is once the kubelet has said something of it. */
export const pod = (status: object, more: object = {}): unknown => ({
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: {
    ...{ name: 'JOB-x7k2p', namespace: 'ns', uid: '4f0e', resourceVersion: '1204', labels: { 'job-name': 'JOB' } },
    ...more,
  },
  spec: { containers: [{ name: 'module', image: 'registry.example/module:1' }] },
  status,
});

const container = (state: object): object => ({
  containerStatuses: [
    { name: 'module', ready: false, restartCount: 0, imageID: `registry.example/module@${digest}`, state },
  ],
});

export const pending = pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True' }] });
export const running = pod({ phase: 'Running', ...container({ running: { startedAt: '2026-03-01T10:00:00Z' } }) });
export const ended = (exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error', more: object = {}): unknown =>
  pod({
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    ...container({
      terminated: { exitCode, reason, startedAt: '2026-03-01T10:00:00Z', finishedAt: '2026-03-01T10:00:02Z' },
    }),
    ...more,
  });

export const pods = (...items: readonly unknown[]): Exchange => ({
  asked: `GET ${PODS}?labelSelector=job-name=JOB`,
  json: { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1200' }, items },
});

/** What a watch tells: pods as they are then. */
export const watch = (...states: readonly unknown[]): Exchange => ({
  asked: `GET ${PODS}?watch=true&labelSelector=job-name=JOB&resourceVersion=1200`,
  lines: states.map((object, index) => ({ type: index === 0 ? 'ADDED' : 'MODIFIED', object })),
  ends: false,
});

/** A refusal as the API words it. */
export const refusal = (asked: string, status: number, message: string): Exchange => ({
  asked,
  status,
  json: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status },
});

/** A Job is created, gets its secrets, and begins. */
export const begin: readonly Exchange[] = [
  {
    asked: `POST ${JOBS}`,
    status: 201,
    json: { kind: 'Job', apiVersion: 'batch/v1', metadata: { name: 'JOB', uid: '7d1c', labels: { a: 'b' } } },
  },
  { asked: `POST ${SECRETS}`, status: 201, json: { kind: 'Secret', apiVersion: 'v1' }, again: true },
  { asked: `PATCH ${JOBS}/JOB`, json: { kind: 'Job', apiVersion: 'batch/v1', metadata: { name: 'JOB' } } },
];

/** It is removed: still there while its pod goes, and then not. */
export const end: readonly Exchange[] = [
  { asked: `DELETE ${JOBS}/JOB`, json: { kind: 'Job', metadata: { name: 'JOB', finalizers: ['foregroundDeletion'] } } },
  {
    asked: `GET ${JOBS}/JOB`,
    json: { kind: 'Job', metadata: { name: 'JOB', deletionTimestamp: '2026-03-01T10:00:03Z' } },
  },
  refusal(`GET ${JOBS}/JOB`, 404, 'jobs.batch "JOB" not found'),
];

export const log = (text: string, more: Partial<Exchange> = {}): Exchange => ({
  asked: `GET ${LOG}?container=module&follow=true`,
  text,
  ...more,
});
