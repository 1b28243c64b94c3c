import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startContainerRegistry } from '../../../../test/services/container-registry.js';
import { buildBusyboxImage, containerEngineUrl } from '../../../../test/harness/container-images.js';
import type { ContainerSpec } from '../executor/container-spec.js';
import type { Image } from '../executor/image.js';
import { newOwner } from '../ownership/owner.js';
import { DockerExecutor } from './docker-executor.js';
import { parseEngineAddress } from './engine-address.js';
import { EngineConnection } from './engine-connection.js';

const never = new AbortController().signal;
const installation = `spec-${process.pid}`;

describe('DockerExecutor', () => {
  let engine: EngineConnection;
  let executor: DockerExecutor;
  let image: Image;
  let folder: string;

  beforeAll(async () => {
    engine = new EngineConnection(parseEngineAddress(containerEngineUrl()));
    executor = new DockerExecutor({ engine, installation, owner: newOwner() });
    const reference = await buildBusyboxImage('executor:1');
    image = await executor.prepare({ reference, pull: 'never' }, never);
    folder = await mkdtemp(join(tmpdir(), 'waystation-executor-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    expect(await containers()).toEqual([]);
  });

  const containers = async (): Promise<unknown> => {
    const filters = JSON.stringify({ label: [`org.waystation.installation=${installation}`] });
    return engine.json({ method: 'GET', path: `/containers/json?${new URLSearchParams({ all: 'true', filters })}` });
  };

  const spec = (script: string, more: Partial<ContainerSpec> = {}): ContainerSpec => ({
    job: 'job-1',
    image,
    command: ['/bin/sh', '-c', script],
    environment: {},
    binds: [],
    network: false,
    cpus: 1,
    memoryMegabytes: 64,
    pids: 32,
    gpus: 0,
    user: '65532:65532',
    largestFileBytes: 2 ** 20,
    expiresAt: Date.now() + 600_000,
    ...more,
  });

  const runScript = async (script: string, more: Partial<ContainerSpec> = {}) => {
    const log: Uint8Array[] = [];
    const run = await executor.run(spec(script, more), (bytes) => log.push(Buffer.from(bytes)), never);
    return { ...run, log: Buffer.concat(log).toString('utf8') };
  };

  it('tells how a container ended and all that it wrote', async () => {
    const { exitCode, log, outOfMemory } = await runScript('echo "$GREETING"; echo wrong >&2; exit 3', {
      environment: { GREETING: 'grüezi = {}' },
    });
    expect({ exitCode, outOfMemory }).toEqual({ exitCode: 3, outOfMemory: false });
    expect(log.split('\n').toSorted()).toEqual(['', 'grüezi = {}', 'wrong']);
  });

  it('knows the digest of an image', () => {
    expect(image.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('sees the memory of a container that runs for a while', async () => {
    const { peakMemoryBytes } = await runScript('sleep 3');
    expect(peakMemoryBytes).toBeGreaterThan(0);
  });

  it('gives no network, no privileges, no user root and nothing to write to but /tmp', async () => {
    const { log } = await runScript(
      'id -u; ls /sys/class/net; grep -E "^Cap(Eff|Bnd)|NoNewPrivs" /proc/self/status; touch /x; echo x > /tmp/x && cat /tmp/x',
    );
    expect(log).toMatch(/^65532$/m);
    expect(log).not.toMatch(/^eth/m);
    expect(log).toMatch(/CapEff:\s0000000000000000/);
    expect(log).toMatch(/CapBnd:\s0000000000000000/);
    expect(log).toMatch(/NoNewPrivs:\s1/);
    expect(log).toMatch(/\/x: Read-only file system/);
    expect(log).toMatch(/^x$/m);
  });

  it('ends what wants more memory than it may have', async () => {
    const { log, exitCode } = await runScript('head -c 200000000 /dev/zero | tail -c 190000000 | wc -c; exit "$?"');
    expect(log).not.toContain('190000000');
    expect([0, 137]).toContain(exitCode);
  });

  it('gives no more of the processors than it may have', async () => {
    // What the kernel holds it to, in microseconds of each period: of one hierarchy of control groups, or of the older ones.
    const { log } = await runScript(
      'cd /sys/fs/cgroup; cat cpu.max || cat cpu,cpuacct/cpu.cfs_quota_us cpu,cpuacct/cpu.cfs_period_us || cat cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us',
      { cpus: 0.5 },
    );
    const [quota, period] = (/(\d+)\s+(\d+)\s*$/.exec(log) ?? []).slice(1).map(Number);
    expect((quota ?? 0) / (period ?? 1)).toBeCloseTo(0.5);
  });

  it('lets nobody start more processes than it may', async () => {
    const { log } = await runScript('for i in $(seq 40); do sleep 1 & done; wait', { pids: 16 });
    expect(log).toMatch(/can't fork/);
  });

  it('lets no file grow beyond its bound', async () => {
    const { log } = await runScript('head -c 3000000 /dev/zero > /tmp/file; wc -c < /tmp/file', {
      largestFileBytes: 1_000_000,
    });
    expect(log).toMatch(/^1000000$/m);
  });

  it('lets a container write to a folder of the machine only where that is not read-only', async () => {
    const [source, target] = [await mkdtemp(join(folder, 'in-')), '/tmp/data'];
    await chmod(source, 0o777);
    const { log } = await runScript('touch /tmp/data/x; ls -d /tmp/data', {
      binds: [{ source, target, readOnly: true }],
    });
    expect(log).toMatch(/Read-only file system/);
    expect(await readdir(source)).toEqual([]);
  });

  it('kills a container when nobody wants it any more', async () => {
    const stop = new AbortController();
    const running = executor.run(
      spec('trap "" TERM; echo up; while true; do sleep 1; done'),
      (bytes) => {
        if (Buffer.from(bytes).toString('utf8').includes('up')) stop.abort(new Error('the job is cancelled'));
      },
      stop.signal,
    );
    await expect(running).rejects.toThrow('the job is cancelled');
    expect(await containers()).toEqual([]);
  });

  it('says so when a container cannot be started', async () => {
    await expect(
      executor.run({ ...spec(''), command: ['/no/such/program'] }, () => undefined, never),
    ).rejects.toMatchObject({ code: 'container.not-started' });
  });

  it('says so when a container was killed from outside', async () => {
    const up = new AbortController();
    const running = executor.run(spec('echo up; sleep 600'), () => up.abort(), never);
    await once(up.signal, 'abort');
    const [{ Id }] = (await containers()) as [{ Id: string }];
    await engine.json({ method: 'POST', path: `/containers/${Id}/kill?signal=KILL` });
    expect(await running).toMatchObject({ exitCode: 137 });
  });

  it('says so when an image is not there, and when it cannot be pulled', async () => {
    const reference = '127.0.0.1:1/no/such:1';
    for (const pull of ['never', 'if-missing'] as const) {
      await expect(executor.prepare({ reference, pull }, never)).rejects.toMatchObject({
        code: 'container.image-unavailable',
      });
    }
  });

  it('pulls an image from a registry that wants to know who asks', async () => {
    const registry = await startContainerRegistry();
    try {
      const { user, password } = registry;
      const auth = Buffer.from(JSON.stringify({ username: user, password })).toString('base64');
      const [repo, tag] = [`${registry.address}/private/module`, '1'];
      const query = new URLSearchParams({ repo, tag }).toString();
      await engine.json({ method: 'POST', path: `/images/${image.id}/tag?${query}` });
      const headers = { 'x-registry-auth': auth };
      const pushed = await engine.open({ method: 'POST', path: `/images/${repo}/push?tag=${tag}`, headers });
      expect(await text(pushed)).toContain('sha256:');
      const reference = `${repo}:${tag}`;
      const remove = (): Promise<unknown> =>
        engine.json({ method: 'DELETE', path: `/images/${encodeURIComponent(reference)}?noprune=true` });
      await remove();
      const wrong = { user, password: 'loud' };
      await expect(
        executor.prepare({ reference, pull: 'if-missing', credentials: wrong }, never),
      ).rejects.toMatchObject({ code: 'container.image-unavailable' });
      const credentials = { user, password };
      const pulled = await executor.prepare({ reference, pull: 'if-missing', credentials }, never);
      expect(await executor.prepare({ reference, pull: 'always', credentials }, never)).toEqual(pulled);
      await registry.stop();
      expect(await executor.prepare({ reference, pull: 'if-missing' }, never)).toEqual(pulled);
      await expect(executor.prepare({ reference, pull: 'always', credentials }, never)).rejects.toMatchObject({
        code: 'container.image-unavailable',
      });
      await remove();
    } finally {
      await registry.stop();
    }
  });

  it('removes what services that are gone have left behind, and nothing else', async () => {
    const gone = { ...newOwner(), pid: 0x7ffffffe };
    const stop = new AbortController();
    const up = new AbortController();
    // Its container is taken from under it, which may end it before anybody waits for it.
    const orphan = new DockerExecutor({ engine, installation, owner: gone })
      .run(spec('echo up; sleep 600'), () => up.abort(), never)
      .catch(() => undefined);
    const kept = executor.run(spec('sleep 600'), () => undefined, stop.signal);
    await once(up.signal, 'abort');
    while (((await containers()) as unknown[]).length < 2) await sleep(50);
    expect(await executor.removeLeftovers()).toBe(1);
    expect((await containers()) as unknown[]).toHaveLength(1);
    await orphan;
    stop.abort(new Error('enough'));
    await expect(kept).rejects.toThrow('enough');
  });

  it('reaches an engine over TCP as well', async () => {
    const { socketPath } = parseEngineAddress(containerEngineUrl()) as { readonly socketPath: string };
    const proxy = createServer((client) => void pipeline(client, connect(socketPath), client, () => undefined));
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    try {
      const { port } = proxy.address() as AddressInfo;
      const remote = new EngineConnection(parseEngineAddress(`http://127.0.0.1:${port}`));
      const run = new DockerExecutor({ engine: remote, installation, owner: newOwner() });
      expect(await run.run(spec('exit 4'), () => undefined, never)).toMatchObject({ exitCode: 4 });
    } finally {
      proxy.close();
    }
  });

  it('names the place where no engine is', async () => {
    const nowhere = new EngineConnection({ socketPath: join(folder, 'no.sock') });
    const lost = new DockerExecutor({ engine: nowhere, installation, owner: newOwner() });
    await expect(lost.removeLeftovers()).rejects.toMatchObject({
      code: 'container.engine-unreachable',
      message: expect.stringContaining('no.sock'),
    });
  });
});
