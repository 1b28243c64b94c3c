import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineConnection, parseEngineAddress } from '@waystation/containers';
import { jobDecider } from '@waystation/domain';
import { streamName, type JobFailed, type JobStarted, type JobSucceeded } from '@waystation/events';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerBench } from '../../../libs/module-sdk/test/worker-bench.js';
import { buildBusyboxImage, containerEngineUrl } from '../../../test/harness/container-images.js';
import { badModule, mercureModule } from '../../../test/harness/mercure-modules.js';
import { containerRunnerOf } from './container-runner-of.js';

/** Counts its runs. */
const keeps =
  'cd "$MODULE_PERSISTENCE_DIR"; echo x >> runs; echo "{\\"runs\\": $(wc -l < runs)}" > "$MERCURE_OUT_DIR/result.json"';
/** Hangs when it runs for the first time. */
const hangsOnce = `cd "$MODULE_PERSISTENCE_DIR"; if [ -e ran ]; then ${keeps}; else touch ran; sleep 600; fi`;

/** Works as packages for MONAI do: from one folder, which it cannot change, to another, with names as it likes. */
const monai =
  '[ "$TOKEN" = hush ] || exit 4; touch "$MONAI_INPUTPATH/x" && exit 5; mkdir "$MONAI_OUTPUTPATH/deep"; n=0; ' +
  'for file in "$MONAI_INPUTPATH"/*; do n=$((n + 1)); cp "$file" "$HOLOSCAN_OUTPUT_PATH/deep/$n"; done';

describe('A container', () => {
  let bench: WorkerBench;
  let folder: string;
  const engine = new EngineConnection(parseEngineAddress(containerEngineUrl()));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waystation-processing-'));
    const command = ['CMD ["/app/docker-entrypoint.sh"]'];
    const good = await buildBusyboxImage('mercure-module:1', { 'app/docker-entrypoint.sh': mercureModule }, command);
    const bad = await buildBusyboxImage('bad-module:1', { 'app/docker-entrypoint.sh': badModule }, command);
    bench = await WorkerBench.make({
      WAYSTATION_CONTAINERS_ENGINE: containerEngineUrl(),
      WAYSTATION_CONTAINERS_FOLDER: folder,
      WAYSTATION_PROCESSING_OUTPUTS: '500',
      WAYSTATION_PROCESSING_OUTPUT_BYTES: '20000000',
    });
    const common = { kind: 'container', pull: 'never', memoryMegabytes: 64, retry: { attempts: 1 } };
    await bench.publish(
      { ...common, name: 'good', image: good, settings: { region: 'LUNG' } },
      { ...common, name: 'bad', image: bad },
      { ...common, name: 'hasty', image: bad, timeoutSeconds: 2 },
      { ...common, name: 'gone', image: 'localhost/waystation-test/no-such:1' },
      { ...common, name: 'curious', image: good, binds: [{ source: '/etc', target: '/x' }] },
      { ...common, name: 'keeper', image: bad, persistence: true, command: ['/bin/sh', '-c', keeps] },
      {
        ...{ ...common, name: 'package', image: bad, contract: 'monai', command: ['/bin/sh', '-c', monai] },
        secrets: { TOKEN: { environment: 'SPEC_TOKEN' } },
      },
      {
        ...{ ...common, name: 'slow', image: bad, persistence: true, command: ['/bin/sh', '-c', hangsOnce] },
        retry: { attempts: 2, firstDelaySeconds: 0.1 },
      },
    );
    process.env['SPEC_TOKEN'] = 'hush';
    await bench.work(containerRunnerOf(bench.platform.settings), { takesOrphans: true });
  });
  afterAll(async () => {
    await bench[Symbol.asyncDispose]();
    delete process.env['SPEC_TOKEN'];
    const left = await readdir(join(folder, 'jobs')).catch(() => []);
    for (const owner of left) expect(await readdir(join(folder, 'jobs', owner))).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });

  const request = async (name: string, settings: object = {}, instances = syntheticSeries(3)): Promise<string> => {
    await bench.store(instances);
    return bench.request(name, instances, { settings: settings as Record<string, never> });
  };

  /** Waits until so many containers of a job are up. */
  const containersOf = async (job: string, count: number) => {
    const filters = JSON.stringify({ label: [`org.waystation.job=${job}`], status: ['running'] });
    for (;;) {
      const path = `/containers/json?${new URLSearchParams({ filters })}`;
      const found = (await engine.json({ method: 'GET', path })) as readonly { readonly Id: string }[];
      if (found.length === count) return found;
      await sleep(50);
    }
  };

  const failureOf = async (name: string, settings: object = {}) => {
    const instances = syntheticSeries(3);
    const job = await request(name, settings, instances);
    expect((await bench.ended(job)).status).not.toBe('succeeded');
    const [failed] = await bench.dataOf<JobFailed['data']>(job, 'job.failed');
    for (const instance of instances) expect((await bench.stored(instance)).equals(instance.part10)).toBe(true);
    return { ...failed, text: await bench.textOf(failed?.log) };
  };

  it('written for mercure runs as it is', async () => {
    const job = await request('good');
    expect(await bench.ended(job)).toMatchObject({ status: 'succeeded' });
    const [started] = await bench.dataOf<JobStarted['data']>(job, 'job.started');
    expect(started?.executor).toEqual({ kind: 'container', image: 'localhost/waystation-test/mercure-module:1' });
    const [done] = await bench.dataOf<JobSucceeded['data']>(job, 'job.succeeded');
    expect(done).toMatchObject({ outputs: { instances: 3 }, exitCode: 0, routing: { targets: ['PACS'] } });
    expect(done?.imageDigest).toMatch(/^sha256:/);
    expect(done?.files.map(({ name }) => name)).toEqual(['report.txt']);
    expect(JSON.parse(await bench.textOf(done?.result))).toMatchObject({ images: 3, region: 'LUNG' });
    expect(await bench.textOf(done?.log)).toMatch(/processing .*\.dcm of [\d.]+\n[^]*done/);
  });

  it('packaged for MONAI runs as it is, and knows its secrets', async () => {
    const job = await request('package');
    await bench.ended(job);
    const [done] = await bench.dataOf<JobSucceeded['data']>(job, 'job.succeeded');
    expect(done).toMatchObject({ outputs: { instances: 3 }, files: [] });
    expect(JSON.stringify(await bench.platform.log.readStream(streamName.job(job)))).not.toContain('hush');
  });

  it('keeps what it wants to keep from one job to the next', async () => {
    for (const runs of [1, 2]) {
      const job = await request('keeper');
      await bench.ended(job);
      const [done] = await bench.dataOf<JobSucceeded['data']>(job, 'job.succeeded');
      expect(JSON.parse(await bench.textOf(done?.result))).toEqual({ runs });
    }
  });

  it.each([
    ['nothing', 'job.output-nothing'],
    ['garbage', 'job.output-not-dicom'],
    ['link', 'container.output-unsafe'],
    ['files', 'container.output-too-many'],
    ['disk', 'container.output-too-large'],
    ['result', 'container.result-unreadable'],
    ['exit', 'container.exit-code'],
    ['input', 'container.exit-code'],
  ])('that does this: %s, ends in a clear failed job, and its input is as it was', async (kind, code) => {
    const failed = await failureOf('bad', { kind });
    expect(failed).toMatchObject({ code, by: 'module' });
    expect(failed.imageDigest).toMatch(/^sha256:/);
    if (kind === 'exit') expect(failed).toMatchObject({ exitCode: 9, text: expect.stringMatching(/it did not work/) });
  });

  it('that takes too long is ended', async () => {
    const job = await request('hasty', { kind: 'hang' });
    await bench.ended(job);
    expect(await bench.told(job)).toContain('job.timed-out');
  });

  it('is ended when its job is cancelled', async () => {
    const job = await request('bad', { kind: 'hang' });
    await containersOf(job, 1);
    await bench.platform.commands.handle(jobDecider, streamName.job(job), {
      kind: 'cancel-job',
      reason: 'a test',
    });
    expect((await bench.ended(job)).status).toBe('cancelled');
    await containersOf(job, 0);
  });

  it('that somebody kills is run again, and its job ends once', async () => {
    const job = await request('slow');
    const [container] = await containersOf(job, 1);
    await engine.json({ method: 'POST', path: `/containers/${container?.Id ?? ''}/kill?signal=KILL` });
    expect(await bench.ended(job)).toMatchObject({ status: 'succeeded', attempt: 2 });
    const [failed] = await bench.dataOf<JobFailed['data']>(job, 'job.failed');
    expect(failed).toMatchObject({ code: 'container.killed', exitCode: 137 });
    expect(await bench.dataOf(job, 'job.succeeded')).toHaveLength(1);
  });

  it('whose image is not there, or that asks for too much, fails with the reason', async () => {
    expect(await failureOf('gone')).toMatchObject({ code: 'container.image-unavailable' });
    expect(await failureOf('curious')).toMatchObject({ code: 'container.bind-refused', retryable: false });
  });
});
