import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { loadSettings } from '@waystation/configuration';
import { HeaderReader } from '@waystation/dicom';
import { configurationDecider, jobDecider, seriesDecider, timerOfJob, type KnownJob } from '@waystation/domain';
import { ConfigurationDocument, JobRequested, streamName, type StoredFile } from '@waystation/events';
import { contentKey } from '@waystation/object-store';
import { closePlatform, openPlatform, type Platform } from '@waystation/service';
import type { SyntheticInstance } from '@waystation/testing';
import type { Type } from '@nestjs/common';
import pg from 'pg';
import { AppRunner } from '../src/app/app-runner.js';
import type { ProcessingApp } from '../src/app/processing-app.js';
import { optionsOf } from '../src/app/processing-module.decorator.js';
import type { ModuleRunner } from '../src/module/module-runner.js';
import { JobWorker } from '../src/worker/job-worker.js';

const source = { association: 'a', callingAeTitle: 'CT1', calledAeTitle: 'WAYSTATION', address: '10.0.0.7' };

/** A log, an object store and keys of patients that nobody else uses, and workers on them. */
export class WorkerBench implements AsyncDisposable {
  private readonly platforms: Platform[] = [];
  private readonly workers: JobWorker[] = [];

  private constructor(
    private readonly server: pg.Client,
    private readonly database: string,
    private readonly folder: string,
    private readonly key: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** @param env settings besides, as variables */
  static async make(env: Readonly<Record<string, string>> = {}): Promise<WorkerBench> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    await server.connect();
    const database = `module_sdk_${randomUUID().replaceAll('-', '')}`;
    await server.query(`create database ${database}`);
    const folder = await mkdtemp(join(tmpdir(), 'waystation-module-sdk-'));
    const bench = new WorkerBench(server, database, folder, randomBytes(32).toString('base64'), env);
    bench.platforms.push(await bench.open());
    return bench;
  }

  get platform(): Platform {
    const [first] = this.platforms;
    if (first === undefined) throw new Error('the bench is closed');
    return first;
  }

  async publish(...modules: readonly object[]): Promise<void> {
    await this.platform.commands.handle(configurationDecider, streamName.configuration, {
      kind: 'publish-configuration',
      document: ConfigurationDocument.parse({ modules }),
      author: 'r.huber',
      reason: 'a test',
      knownTags: ['Modality'],
    });
  }

  /** Objects arrive. */
  async store(instances: readonly SyntheticInstance[]): Promise<void> {
    for (const { part10, dataSet, transferSyntaxUid, ...uids } of instances) {
      const { commands, objects, identities } = this.platform;
      const reader = new HeaderReader(transferSyntaxUid);
      reader.push(dataSet);
      const { header, identity } = reader.end();
      const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(dataSet))).toString('hex');
      const key = contentKey(sha256);
      await objects.put(key, part10);
      const sealed = await identities?.seal(uids, identity);
      if (sealed === undefined) throw new Error('the bench has no identities');
      const { sopInstanceUid, sopClassUid, studyInstanceUid, seriesInstanceUid } = uids;
      const object = { key, sha256, size: part10.length, dataSetOffset: part10.length - dataSet.length };
      await commands.handle(seriesDecider, streamName.series(seriesInstanceUid), {
        kind: 'store-instance',
        ...{ seriesInstanceUid, studyInstanceUid, source, header, identity: sealed, quietPeriodMs: 1000 },
        instance: { sopInstanceUid, sopClassUid, transferSyntaxUid, object },
      });
    }
  }

  /** An object as it is stored now. */
  async stored(instance: SyntheticInstance): Promise<Buffer> {
    return buffer(await this.platform.objects.get(await this.keyOf(instance)));
  }

  /** The bytes of an object that is stored rot. */
  async damage(instance: SyntheticInstance): Promise<void> {
    const path = join(this.folder, 'objects', await this.keyOf(instance));
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await chmod(path, 0o600);
    await writeFile(path, bytes);
  }

  /** Asks a module for a series that is stored. */
  async request(
    module: string,
    instances: readonly SyntheticInstance[],
    changes: Partial<JobRequested['data']> = {},
  ): Promise<string> {
    const [{ studyInstanceUid, seriesInstanceUid } = { studyInstanceUid: '', seriesInstanceUid: '' }] = instances;
    const job = randomUUID().replaceAll('-', '').slice(0, 20);
    const range = { afterSequence: 0, throughSequence: 1_000_000, count: instances.length };
    const requested = JobRequested.of({
      ...{ job, module, settings: {}, rule: 'everything', step: 0, studyInstanceUid, seriesInstanceUid, revision: 1 },
      configuration: { version: 1, sha256: '0'.repeat(64) },
      input: [{ seriesInstanceUid, revision: 1, instances: range }],
      plan: { steps: [], targets: [], originals: false, onFailure: 'nothing' },
      ...changes,
    });
    const timer = timerOfJob(requested.data);
    const part = { stream: streamName.job(job), expected: 0, events: [requested], timer };
    await this.platform.log.append({ parts: [part], time: new Date().toISOString(), metadata: {} });
    return job;
  }

  /** Starts a worker as another process would. */
  async work(runner: ModuleRunner, options: { readonly app?: string; readonly takesOrphans?: boolean } = {}) {
    const platform = await this.open();
    this.platforms.push(platform);
    const worker = await JobWorker.start({ platform, runner, ...options });
    this.workers.push(worker);
    return worker;
  }

  /** Starts a worker for an app. */
  async runApp(app: Type<ProcessingApp<never>>): Promise<JobWorker> {
    const options = optionsOf(app);
    return this.work(new AppRunner(options, new app() as ProcessingApp<unknown>), { app: options.name });
  }

  /** Waits until a job is as asked. */
  async until(job: string, isSo: (state: KnownJob) => boolean): Promise<KnownJob> {
    const { log, commands } = this.platform;
    const appended = new EventTarget();
    const stop = log.onAppended(() => appended.dispatchEvent(new Event('appended')));
    try {
      for (;;) {
        const next = once(appended, 'appended');
        const { state } = await commands.load(jobDecider, streamName.job(job));
        if (state.status !== 'unknown' && isSo(state)) return state;
        await next;
      }
    } finally {
      stop();
    }
  }

  /** Waits until a job is over. */
  async ended(job: string): Promise<KnownJob> {
    return this.until(job, ({ status }) => status !== 'waiting' && status !== 'running');
  }

  /** What happened to a job, by the names of the events. */
  async told(job: string): Promise<readonly string[]> {
    const events = await this.platform.log.readStream(streamName.job(job));
    return events.map(({ type }) => type.replace(/\.v\d+$/, ''));
  }

  async dataOf<Data>(job: string, type: string): Promise<readonly Data[]> {
    const events = await this.platform.log.readStream(streamName.job(job));
    return events.filter((event) => event.type === `${type}.v1`).map(({ data }) => data as Data);
  }

  async textOf(file: Pick<StoredFile, 'key'> | undefined): Promise<string> {
    return file === undefined ? '' : (await buffer(await this.platform.objects.get(file.key))).toString();
  }

  /** Keys of all that jobs made. */
  async madeKeys(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of this.platform.objects.list('derived/')) keys.push(key);
    return keys;
  }

  private async keyOf({ seriesInstanceUid, sopInstanceUid }: SyntheticInstance): Promise<string> {
    const { state } = await this.platform.commands.load(seriesDecider, streamName.series(seriesInstanceUid));
    const object = state.status === 'unknown' ? undefined : state.instances.get(sopInstanceUid)?.object;
    return object?.key ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.stop(0)));
    await Promise.all(this.platforms.map(closePlatform));
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async open(): Promise<Platform> {
    const databaseUrl = new URL(`/${this.database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
    const env = {
      ...{ WAYSTATION_DATA: this.folder, WAYSTATION_IDENTITY_KEY: this.key, WAYSTATION_LOG_LEVEL: 'error' },
      ...this.env,
    };
    const settings = loadSettings({ env, folder: this.folder });
    return openPlatform({ service: 'processing', settings, databaseUrl });
  }
}
