import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordedCluster } from '../../test/recorded-cluster.js';
import { readRecording, timeOf, type RecordedExchange, type Recording } from '../../test/recording.js';
import type { ContainerExecutor } from '../executor/container-executor.js';
import { executorAt } from '../executor/executor-at.js';
import { newOwner } from '../ownership/owner.js';

const never = new AbortController().signal;
const isWatch = ({ asked }: RecordedExchange): boolean => asked.includes('watch=true');

/** What could not be recorded: conversations with a real server, in which one thing is as the API is specified. */
describe('KubernetesExecutor', () => {
  let cluster: RecordedCluster | undefined;
  // It takes seconds to load where much else is going on.
  beforeAll(async () => void (await import('@kubernetes/client-node')), 60_000);
  afterEach(async () => {
    vi.useRealTimers();
    await cluster?.stop();
    const { unforeseen = [], unasked = [] } = cluster ?? {};
    expect({ unforeseen, unasked }).toEqual({ unforeseen: [], unasked: [] });
    cluster = undefined;
  });

  const executor = async (
    { setting }: Recording,
    exchanges: readonly RecordedExchange[],
  ): Promise<ContainerExecutor> => {
    cluster = await RecordedCluster.start(exchanges);
    return executorAt(setting.address, setting);
  };

  const outcomeOf = async (recording: Recording, exchanges: readonly RecordedExchange[]): Promise<unknown> => {
    const spec = { ...recording.setting.spec, expiresAt: Date.now() + 60_000 };
    const run = (await executor(recording, exchanges)).run(spec, () => undefined, never);
    return run.catch((error: unknown) => error);
  };

  it('calls a container lost whose pod is disrupted, as servers since 1.26 say', async () => {
    const recording = await readRecording('fails');
    const type = 'DisruptionTarget';
    const disruption = { type, status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' };
    const disrupted = (line: unknown): unknown => {
      const { object, ...more } = line as { readonly object: { readonly status: object } };
      return { ...more, object: { ...object, status: { ...object.status, conditions: [disruption] } } };
    };
    const exchanges = recording.exchanges.map((one) =>
      isWatch(one) ? { ...one, lines: (one.lines ?? []).with(-1, disrupted(one.lines?.at(-1))) } : one,
    );
    expect(await outcomeOf(recording, exchanges)).toMatchObject({
      code: 'container.lost',
      message: expect.stringContaining('Eviction API: evicting') as string,
      details: {},
    });
  });

  it('goes on where a watch is too old, breaks off or is refused for now', async () => {
    const recording = await readRecording('succeeds');
    const { exchanges } = recording;
    const from = exchanges.findIndex(({ asked }) => asked.includes('/pods?'));
    const to = exchanges.findIndex(isWatch);
    const looks = exchanges.slice(from, to);
    const [watch] = exchanges.slice(to, to + 1);
    if (watch === undefined) throw new Error('nothing was watched');
    const { asked, heard = [] } = watch;
    const tooOld = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
    const before = [
      ...[...looks, { asked, status: 200, lines: [tooOld], heard: [0] }],
      ...[...looks, { asked, status: 200, end: 'broken' as const }],
      ...[...looks, { asked, status: 429, json: { kind: 'Status', message: 'too many requests', code: 429 } }],
    ];
    const later = { ...watch, heard: heard.map((count) => count + before.length) };
    const whole = [...exchanges.slice(0, from), ...before, ...looks, later, ...exchanges.slice(to + 1)];
    expect(await outcomeOf(recording, whole)).toMatchObject({ exitCode: 0 });
  });

  it('knows the digest of an image that is named by it, and shows no secret in what it asks for', async () => {
    const { setting, exchanges } = await readRecording('shows-the-registry');
    const digest = `sha256:${'ab'.repeat(32)}`;
    const request = { reference: `registry.example/module@${digest}`, pull: 'if-missing' } as const;
    const image = await executorAt(setting.address, setting).prepare(request, never);
    expect(image).toEqual({
      reference: request.reference,
      id: request.reference,
      volumes: [],
      pending: request,
      digest,
    });
    const shown = exchanges.filter(({ asked, body }) => JSON.stringify([asked, body]).includes('hush'));
    expect(shown.map(({ asked }) => asked)).toEqual([
      'POST /api/v1/namespaces/waystation/secrets',
      'POST /api/v1/namespaces/waystation/secrets',
    ]);
  });

  it('says nothing of others where it is not in the cluster itself', async () => {
    const recording = await readRecording('leftovers');
    cluster = await RecordedCluster.start(recording.exchanges.filter(({ asked }) => asked.endsWith('/pods')));
    const outside = executorAt(recording.setting.address, { ...recording.setting, owner: newOwner() });
    expect(await outside.leftBehind([{ host: 'gone', pid: 1, life: '00000001' }])).toEqual([]);
  });

  it('names the place where no cluster is', async () => {
    const recording = await readRecording('leftovers');
    vi.useFakeTimers({ toFake: ['Date'], now: timeOf(recording) });
    const run = await executor(recording, recording.exchanges);
    expect(await run.removeLeftovers()).toBe(2);
    await cluster?.stop();
    await expect(run.removeLeftovers()).rejects.toMatchObject({
      code: 'container.engine-unreachable',
      message: expect.stringContaining('127.0.0.1') as string,
    });
  });
});
