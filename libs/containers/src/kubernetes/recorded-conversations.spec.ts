import { readdir } from 'node:fs/promises';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordedCluster } from '../../test/recorded-cluster.js';
import { readRecording, timeOf } from '../../test/recording.js';
import { executorAt } from '../executor/executor-at.js';

const imageDigest = `sha256:${'ab'.repeat(32)}`;
const containing = (words: string): string => expect.stringContaining(words) as string;
const ran = (exitCode: number) => ({
  exitCode,
  outOfMemory: false,
  durationMs: expect.any(Number) as number,
  imageDigest,
});
const lost = (why: string) => ({ code: 'container.lost', message: containing(why), details: {} });
const refused = (why: string) => ({
  code: 'container.engine-refused',
  message: containing(why),
  details: { status: 403 },
});

/** How each of them ends, and what stands in the log of the job then. */
const outcomes: Readonly<Record<string, readonly [outcome: object, log: string]>> = {
  succeeds: [ran(0), 'one\ntwo\n'],
  fails: [ran(3), 'one\ntwo\n'],
  'shows-the-registry': [ran(0), 'one\n'],
  'outlasts-a-watch': [ran(0), 'one\ntwo\n'],
  'server-goes-away': [ran(0), 'one\ntwo\n'],
  'waits-for-room': [ran(0), '[it waits: 0/1 nodes are available: 1 Insufficient cpu.]\none\n'],
  'image-unavailable': [{ code: 'container.image-unavailable', message: containing('ErrImagePull: rpc error') }, ''],
  cancelled: [{ message: 'the job is cancelled' }, 'up\n'],
  evicted: [lost('somebody deletes its pod'), 'one\n'],
  'evicted-by-the-node': [lost('Evicted: The node was low on resource: ephemeral-storage.'), 'one\n'],
  'pod-deleted': [lost('somebody deletes its pod'), 'one\n'],
  'job-deleted': [lost('somebody deletes its pod'), 'one\n'],
  'replaced-unseen': [lost('its pod is gone'), 'one\n'],
  'takes-too-long': [lost('somebody deletes its pod'), 'one\n'],
  'exceeds-the-quota': [
    ran(0),
    '[it waits: Error creating: pods "NAME" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0]\none\n',
  ],
  'secrets-forbidden': [refused('secrets is forbidden'), ''],
  'jobs-forbidden': [refused('jobs.batch is forbidden'), ''],
  'answer-lost': [{ code: 'container.engine-unreachable' }, ''],
};

/**
 * What a real API server answered, of the version that stands in each recording. The executor has to ask for what it asked for then, no
 * more and no less; `tools/record/kubernetes.mjs` records them anew.
 */
describe('KubernetesExecutor, as recorded', () => {
  let cluster: RecordedCluster;
  // It takes seconds to load where much else is going on.
  beforeAll(async () => void (await import('@kubernetes/client-node')), 60_000);
  afterEach(async () => {
    vi.useRealTimers();
    await cluster.stop();
    const { unforeseen, unasked } = cluster;
    expect({ unforeseen, unasked }).toEqual({ unforeseen: [], unasked: [] });
  });

  const replay = async (name: string) => {
    const { exchanges, setting } = await readRecording(name);
    cluster = await RecordedCluster.start(exchanges);
    return {
      executor: executorAt(setting.address, setting),
      spec: { ...setting.spec, expiresAt: Date.now() + 60_000 },
    };
  };

  it.each(Object.entries(outcomes))('lives through it: %s', async (name, [expected, expectedLog]) => {
    const { executor, spec } = await replay(name);
    const stop = new AbortController();
    let log = '';
    const onLog = (bytes: Uint8Array): void => {
      log += Buffer.from(bytes).toString('utf8');
      if (name === 'cancelled') stop.abort(new Error('the job is cancelled'));
    };
    const outcome: unknown = await executor.run(spec, onLog, stop.signal).catch((error: unknown) => error);
    expect(outcome).toMatchObject(expected);
    expect(log.replaceAll(/waystation-[0-9a-f]{16}-\w+/g, 'NAME')).toBe(expectedLog);
  });

  it('removes what two services left behind that were killed, and what is of a third that lives stays', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: timeOf(await readRecording('leftovers')) });
    const { executor } = await replay('leftovers');
    expect(await executor.removeLeftovers()).toBe(2);
  });
});

it('replays all that was recorded', async () => {
  const files = await readdir(new URL('../../test/recordings/', import.meta.url));
  expect(files.toSorted()).toEqual([...Object.keys(outcomes), 'leftovers'].map((name) => `${name}.jsonl`).toSorted());
});
