import { once } from 'node:events';
import { jobDecider } from '@waystation/domain';
import { streamName, type InstanceDerived, type JobFailed, type JobStarted } from '@waystation/events';
import { syntheticInstance, syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WorkerBench } from '../../test/worker-bench.js';
import { ProcessingModule } from '../app/processing-module.decorator.js';
import type { ProcessingContext } from '../module/processing-context.js';
import type { ProcessingInput } from '../module/processing-input.js';
import type { ProcessingOutput } from '../module/processing-output.js';

const Settings = z.strictObject({ description: z.string().default('DERIVED'), fails: z.int().default(0) });

class Renamer {
  async process(
    input: ProcessingInput,
    output: ProcessingOutput,
    { settings, logger, progress, job }: ProcessingContext<z.output<typeof Settings>>,
  ): Promise<void> {
    logger.log(`attempt ${job.attempt}`);
    if (job.attempt <= settings.fails) throw new TypeError('Doe^Jane made it fail');
    for await (const instance of input) {
      const dataset = await instance.dataset();
      const SOPInstanceUID = `${instance.sopInstanceUid}.1`;
      await output.addInstance(
        { ...dataset, SOPInstanceUID, SeriesDescription: settings.description },
        {
          from: [instance.sopInstanceUid],
        },
      );
    }
    await output.addFile('report.txt', 'renamed');
    const isPartial = settings.description === 'STEP';
    output.setResult({
      ...{ renamed: input.instances.length, ok: true, nested: { a: 1 } },
      ...(isPartial && { status: 'partial' }),
    });
    progress(0.5, 'half');
  }
}
ProcessingModule({ name: 'renamer', version: '1.2.3', settings: Settings })(Renamer);

/** Waits until it is told to stop. */
const stopped: string[] = [];
class Waiter {
  async process(_input: ProcessingInput, output: ProcessingOutput, { signal, job }: ProcessingContext): Promise<void> {
    await output.addFile('half.txt', 'half');
    if (!signal.aborted) await once(signal, 'abort');
    stopped.push(`${job.id} ${(signal.reason as { code: string }).code}`);
  }
}
ProcessingModule({ name: 'waiter', version: '1', settings: z.object({}) })(Waiter);

const garbage: Record<string, (output: ProcessingOutput) => Promise<void>> = {
  words: (output) => output.addInstance(Buffer.from('no DICOM')),
  uids: (output) => output.addInstance(syntheticInstance({ overrides: { StudyInstanceUID: null } }).part10),
  swallowed: (output) => output.addInstance(Buffer.from('no DICOM')).catch(() => undefined),
  files: async (output) => {
    for (let index = 0; index < 100_000; index++) await output.addFile(`file-${index}`, 'x');
  },
};
class Garbage {
  async process(_: ProcessingInput, output: ProcessingOutput, { settings }: ProcessingContext<{ kind: string }>) {
    await garbage[settings.kind]?.(output);
  }
}
ProcessingModule({ name: 'garbage', version: '1', settings: z.object({ kind: z.string() }) })(Garbage);

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.make({ WAYSTATION_PROCESSING_OUTPUTS: '50' });
  const retry = { attempts: 2, firstDelaySeconds: 0.05 };
  await bench.publish(
    { name: 'renamer', kind: 'app', settings: { description: 'OF THE MODULE' }, retry },
    { name: 'renamer too', kind: 'app', app: 'renamer', settings: { description: 'OTHER' }, retry },
    { name: 'waiter', kind: 'app', timeoutSeconds: 600, retry },
    { name: 'hasty waiter', kind: 'app', app: 'waiter', timeoutSeconds: 1, retry: { ...retry, attempts: 1 } },
    { name: 'garbage', kind: 'app', retry },
  );
  await Promise.all([Renamer, Waiter, Garbage].map((app) => bench.runApp(app)));
});
afterAll(() => bench[Symbol.asyncDispose]());

const stored = async (count = 2) => {
  const instances = syntheticSeries(count);
  await bench.store(instances);
  return instances;
};

describe('A job', () => {
  it('is done on exactly what was decided on, and all that it made is there with its success', async () => {
    const instances = await stored(3);
    const job = await bench.request('renamer', instances);
    const { status, successes } = await bench.ended(job);
    expect(status).toBe('succeeded');
    const told = await bench.told(job);
    expect(told.filter((type) => type !== 'job.progressed')).toEqual([
      ...['job.requested', 'job.started', 'instance.derived', 'instance.derived', 'instance.derived', 'job.succeeded'],
    ]);
    expect(await bench.dataOf<JobStarted['data']>(job, 'job.started')).toMatchObject([
      {
        executor: { kind: 'app', name: 'renamer', version: '1.2.3' },
        settings: { description: 'OF THE MODULE' },
        input: { instances: 3 },
      },
    ]);
    const derived = await bench.dataOf<InstanceDerived['data']>(job, 'instance.derived');
    expect(derived.map(({ from }) => from?.[0] ?? '').toSorted()).toEqual(
      instances.map(({ sopInstanceUid }) => sopInstanceUid).toSorted(),
    );
    expect(derived[0]?.header).toMatchObject({ SeriesDescription: 'OF THE MODULE', Modality: 'CT' });
    expect(JSON.stringify(derived)).not.toMatch(/Doe|P0001/);
    const place = `instance.derived ${job} 1 ${derived[0]?.sopInstanceUid ?? ''}`;
    const opened = derived[0] && (await bench.platform.identities?.open({ sealed: derived[0].identity, place }));
    expect(opened).toMatchObject({ PatientName: 'Doe^Jane', PatientID: 'P0001' });
    const [success] = successes;
    expect(success).not.toHaveProperty('status');
    expect(success?.peakMemoryBytes).toBeGreaterThan(1_000_000);
    expect(success?.files.map(({ name }) => name)).toEqual(['report.txt']);
    expect(JSON.parse(await bench.textOf(success?.result))).toEqual({ renamed: 3, ok: true, nested: { a: 1 } });
    expect(await bench.textOf(success?.log)).toMatch(/info {2}attempt 1/);
    const findings = success?.findings && { sealed: success.findings, place: `job.succeeded ${job} 1` };
    expect(findings && (await bench.platform.identities?.open(findings))).toEqual({ renamed: '3', ok: 'true' });
  });

  it('has the settings of its step over those of its module, whichever name the app has there', async () => {
    const job = await bench.request('renamer too', await stored(1), {
      app: 'renamer',
      settings: { description: 'STEP' },
    });
    await bench.ended(job);
    const [derived] = await bench.dataOf<InstanceDerived['data']>(job, 'instance.derived');
    expect(derived?.header['SeriesDescription']).toBe('STEP');
    expect(await bench.dataOf(job, 'job.succeeded')).toMatchObject([{ status: 'partial' }]);
  });

  it('is done on what another job made', async () => {
    const instances = await stored(2);
    const first = await bench.request('renamer', instances);
    await bench.ended(first);
    const second = await bench.request('renamer', instances, {
      step: 1,
      input: [{ job: first, attempt: 1, count: 2 }],
    });
    await bench.ended(second);
    const derived = await bench.dataOf<InstanceDerived['data']>(second, 'instance.derived');
    expect(derived.map(({ sopInstanceUid }) => sopInstanceUid).toSorted()).toEqual(
      instances.map(({ sopInstanceUid }) => `${sopInstanceUid}.1.1`).toSorted(),
    );
  });

  it('that fails is tried again, and its words stay in its log', async () => {
    const job = await bench.request('renamer', await stored(1), { settings: { fails: 1 } });
    expect(await bench.ended(job)).toMatchObject({ status: 'succeeded', attempt: 2 });
    const [failed] = await bench.dataOf<JobFailed['data']>(job, 'job.failed');
    expect(failed).toMatchObject({ code: 'job.module-failed', by: 'module', retryable: true });
    expect(failed?.peakMemoryBytes).toBeGreaterThan(1_000_000);
    expect(failed?.reason).toBe('the module threw TypeError; the log of the job has what it says');
    expect(await bench.textOf(failed?.log)).toMatch(/Doe\^Jane made it fail/);
  });

  it('with wrong settings fails at once, and says which', async () => {
    const job = await bench.request('renamer', await stored(1), { settings: { fails: 'often' } });
    expect(await bench.ended(job)).toMatchObject({ status: 'abandoned', attempt: 1 });
    const [failed] = await bench.dataOf<JobFailed['data']>(job, 'job.failed');
    expect(failed).toMatchObject({ code: 'job.settings-invalid', retryable: false });
    expect(failed?.reason).toMatch(/settings of module 'renamer' are wrong: fails: /);
  });

  it.each([
    ['words', 'job.output-not-dicom'],
    ['uids', 'job.output-not-dicom'],
    ['swallowed', 'job.output-not-dicom'],
    ['files', 'job.output-too-many'],
  ])('that makes garbage, %s, fails for good, leaves nothing and its input as it was', async (kind, code) => {
    const instances = await stored(1);
    const job = await bench.request('garbage', instances, { settings: { kind } });
    expect(await bench.ended(job)).toMatchObject({ status: 'abandoned', attempt: 1, lastFailure: { code } });
    expect((await bench.told(job)).includes('instance.derived')).toBe(false);
    const left = async () => (await bench.madeKeys()).filter((key) => key.includes(job) && !key.endsWith('log.txt'));
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
    for (const instance of instances) expect((await bench.stored(instance)).equals(instance.part10)).toBe(true);
  });

  it('whose input is damaged fails', async () => {
    const [instance = syntheticInstance()] = await stored(1);
    await bench.damage(instance);
    const job = await bench.request('renamer', [instance]);
    expect(await bench.ended(job)).toMatchObject({ status: 'abandoned', lastFailure: { code: 'job.input-damaged' } });
  });

  it('that takes too long is stopped', async () => {
    const job = await bench.request('hasty waiter', await stored(1), { app: 'waiter' });
    expect(await bench.ended(job)).toMatchObject({ status: 'abandoned', lastFailure: { code: 'job.timed-out' } });
    expect(stopped).toContain(`${job} job.timed-out`);
  });

  it('that is cancelled is stopped, and its worker takes the next', async () => {
    const instances = await stored(1);
    const job = await bench.request('waiter', instances);
    await bench.until(job, ({ status }) => status === 'running');
    const next = await bench.request('hasty waiter', instances, { app: 'waiter' });
    const cancel = { kind: 'cancel-job', reason: 'nobody wants it' } as const;
    await bench.platform.commands.handle(jobDecider, streamName.job(job), cancel);
    await expect.poll(() => stopped, { timeout: 10_000 }).toContain(`${job} job.cancelled`);
    expect((await bench.ended(next)).status).toBe('abandoned');
    expect(await bench.told(job)).toEqual(['job.requested', 'job.started', 'job.cancelled']);
  });

  it('of a module that is configured no more says so', async () => {
    const job = await bench.request('gone', await stored(1), { app: 'renamer' });
    expect(await bench.ended(job)).toMatchObject({ status: 'abandoned', lastFailure: { code: 'job.unknown-module' } });
  });
});

describe('A worker that stops', () => {
  it('gives its job back at the cost of no attempt, and another one does it', async () => {
    await using apart = await WorkerBench.make();
    await apart.publish({ name: 'waiter', kind: 'app', retry: { attempts: 1, firstDelaySeconds: 0.05 } });
    const first = await apart.runApp(Waiter);
    const instances = syntheticSeries(1);
    await apart.store(instances);
    const job = await apart.request('waiter', instances);
    await apart.until(job, ({ status }) => status === 'running');
    await first.stop(0);
    const [failed] = await apart.dataOf<JobFailed['data']>(job, 'job.failed');
    expect(failed).toMatchObject({ code: 'job.stopped', by: 'waystation' });
    await apart.runApp(Waiter);
    expect(await apart.until(job, ({ attempt }) => attempt === 2)).toMatchObject({ attemptsInRound: 1 });
  });
});
