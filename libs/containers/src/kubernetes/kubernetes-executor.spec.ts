import { hostname } from 'node:os';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { containerSpec } from '../../test/container-spec.js';
import * as answers from '../../test/kubernetes-answers.js';
import { KubernetesConversation, type Exchange } from '../../test/kubernetes-conversation.js';
import type { ContainerExecutor } from '../executor/container-executor.js';
import { executorAt } from '../executor/executor-at.js';
import { newOwner, ownerText } from '../ownership/owner.js';

const { begin, end, pods, watch, log, pending, running, ended, JOBS, PODS } = answers;
const never = new AbortController().signal;
const owner = newOwner();
const spec = containerSpec({ expiresAt: Date.now() + 60_000 });

/** As the API is specified, for what is not recorded: see `recorded-conversations.spec.ts`. */
describe('KubernetesExecutor', () => {
  let conversation: KubernetesConversation;
  // It takes seconds to load where much else is going on.
  beforeAll(async () => void (await import('@kubernetes/client-node')), 60_000);
  afterEach(async () => {
    await conversation.stop();
    expect(conversation.unforeseen).toEqual([]);
  });

  const executor = async (...exchanges: readonly Exchange[]): Promise<ContainerExecutor> => {
    conversation = await KubernetesConversation.start(exchanges);
    return executorAt('kubernetes://ns/claim', { installation: 'main', owner, folder: '/shared' });
  };

  const runWith = async (exchanges: readonly Exchange[]) => {
    let text = '';
    const run = (await executor(...begin, ...exchanges, ...end)).run(
      spec,
      (bytes) => (text += Buffer.from(bytes).toString('utf8')),
      never,
    );
    const [outcome] = await Promise.allSettled([run]);
    return { outcome, text, error: outcome.status === 'rejected' ? (outcome.reason as unknown) : undefined };
  };

  const isRemoved = (): boolean =>
    conversation
      .bodies(`DELETE ${JOBS}/JOB`)
      .some((body) => (body as { readonly propagationPolicy: string }).propagationPolicy === 'Foreground');

  it('knows the digest of an image that is named by it', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const request = { reference: `registry.example/module@${digest}`, pull: 'if-missing' } as const;
    const image = await (await executor()).prepare(request, never);
    expect(image).toEqual({
      reference: request.reference,
      id: request.reference,
      volumes: [],
      pending: request,
      digest,
    });
  });

  it('tells how a module failed, and the whole of its log where following it breaks off', async () => {
    const rest = { asked: `GET ${answers.LOG}?container=module&follow=false`, text: 'one\ntwo\n' };
    const { outcome, text } = await runWith([
      ...[pods(running), watch(ended(3))],
      ...[log('one\n', { breaks: true }), rest],
    ]);
    expect(outcome).toMatchObject({ value: { exitCode: 3 } });
    expect(text).toBe('one\ntwo\n');
  });

  it.each([
    ['is evicted', watch(ended(137, 'Error', { conditions: [disruption] }))],
    ['is deleted', { ...watch(), lines: [{ type: 'DELETED', object: running }] }],
  ])('calls a container lost whose pod %s', async (_, change) => {
    const { error } = await runWith([pods(running), change, log('', { ends: false }), rereadLog]);
    expect(error).toMatchObject({ code: 'container.lost', details: {} });
    expect(isRemoved()).toBe(true);
  });

  it('keeps to the pod that it saw, although Kubernetes makes another one in place of it', async () => {
    const other = answers.pod({ phase: 'Running' }, { name: 'JOB-other', uid: '5a1b' });
    const appears = { ...watch(), lines: [{ type: 'ADDED', object: other }], ends: true };
    const { error } = await runWith([pods(pending), appears, pods(other)]);
    expect(error).toMatchObject({ code: 'container.lost', message: expect.stringContaining('its pod is gone') });
  });

  it('goes on where a watch is too old, breaks off or is refused for now', async () => {
    const tooOld = { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } };
    const { outcome } = await runWith([
      ...[pods(pending), { ...watch(), lines: [tooOld] }],
      ...[pods(pending), { ...watch(pending), breaks: true }],
      ...[pods(running), answers.refusal(`GET ${PODS}?watch=true`, 429, 'too many requests')],
      ...[pods(running), watch(ended(0))],
      log('x'),
    ]);
    expect(outcome).toMatchObject({ status: 'fulfilled', value: { exitCode: 0 } });
  });

  it('says in the log why there is no pod, and ends when there will be none', async () => {
    const failed = { type: 'Failed', status: 'True', reason: 'DeadlineExceeded', message: 'Job was active too long' };
    const { error, text } = await runWith([
      ...[pods(), jobIs({}), events('exceeded quota: gpu'), { ...watch(), ends: true }],
      ...[pods(), jobIs({ conditions: [failed] })],
    ]);
    expect(error).toMatchObject({ code: 'container.lost', message: expect.stringContaining('DeadlineExceeded') });
    expect(text).toBe('[it waits: exceeded quota: gpu]\n');
  });

  it('says in the log why no node takes a pod', async () => {
    const message = '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.';
    const unschedulable = answers.pod({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
    });
    const { text } = await runWith([pods(unschedulable), watch(unschedulable, running, ended(0)), log('done\n')]);
    expect(text).toBe(`[it waits: ${message}]\ndone\n`);
  });

  it('leaves nothing where a Job cannot be begun', async () => {
    const [created] = begin as [Exchange];
    const refused = answers.refusal('POST /api/v1/namespaces/ns/secrets', 403, 'secrets is forbidden');
    const run = (await executor(created, refused, ...end)).run(spec, () => undefined, never);
    await expect(run).rejects.toMatchObject({
      code: 'container.engine-refused',
      details: { status: 403 },
      message: expect.stringContaining('secrets is forbidden'),
    });
    expect(isRemoved()).toBe(true);
  });

  it('removes Jobs of services that are gone, and of nobody else', async () => {
    const me = ownerText(owner);
    const [gone, alive] = ['processing-gone~1~00000001', 'processing-alive~1~00000002'];
    const late = String(Date.now() + 60_000);
    const jobs = [job('mine', me, late), job('dead', gone, late), job('other', alive, late), job('old', alive, '1')];
    const run = await executor(
      { asked: `GET ${JOBS}?labelSelector=org.waystation.installation=main`, json: { items: jobs, metadata: {} } },
      { asked: `GET ${PODS}`, json: { items: [podNamed(owner.host), podNamed('processing-alive')], metadata: {} } },
      ...['dead', 'old'].flatMap((name) => [
        { asked: `DELETE ${JOBS}/${name}`, json: {} },
        answers.refusal(`GET ${JOBS}/${name}`, 404, 'not found'),
      ]),
    );
    expect(await run.removeLeftovers()).toBe(2);
  });

  it('says nothing of others where it is not in the cluster itself', async () => {
    const run = await executor({ asked: `GET ${PODS}`, json: { items: [podNamed('other')], metadata: {} } });
    expect(await run.leftBehind([{ host: 'gone', pid: 1, life: '00000001' }])).toEqual([]);
  });

  it('names the place where no cluster is', async () => {
    const run = await executor({ asked: `GET ${JOBS}`, json: { items: [], metadata: {} } });
    expect(await run.removeLeftovers()).toBe(0);
    await conversation.stop();
    await expect(run.removeLeftovers()).rejects.toMatchObject({
      code: 'container.engine-unreachable',
      message: expect.stringContaining('127.0.0.1'),
    });
  });
});

const disruption = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'evicting' };
const rereadLog: Exchange = { asked: `GET ${answers.LOG}?container=module&follow=false`, text: '' };
const jobIs = (status: object): Exchange => ({ asked: `GET ${JOBS}/JOB`, json: { kind: 'Job', status } });
const events = (message: string): Exchange => ({
  asked: 'GET /api/v1/namespaces/ns/events',
  json: { items: [{ reason: 'FailedCreate', message }], metadata: {} },
});
const podNamed = (name: string) => ({ metadata: { name: name === hostname() ? owner.host : name }, status: {} });
const job = (name: string, of: string, expires: string) => ({
  metadata: {
    name,
    labels: { 'org.waystation.installation': 'main' },
    annotations: { 'org.waystation.owner': of, 'org.waystation.expires': expires },
  },
});
