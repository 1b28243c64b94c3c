import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { CommandHandler } from '@waystation/event-log';
import { streamName, type NewEvent, type StoredObject } from '@waystation/events';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import { exampleSeries } from '@waystation/testing';
import { ObjectReaper, type ReapOrder } from '../src/objects/object-reaper.js';
import { SetAside } from '../src/objects/set-aside.js';
import { auditedLog, type AuditedLog } from './audited-log.js';

/** An object store beside a log of its own, with what looks after both. */
export class KeptObjects {
  readonly commands: CommandHandler;
  readonly aside: SetAside;
  private count = 0;

  private constructor(
    readonly audited: AuditedLog,
    readonly objects: ObjectStore,
    private readonly folder: string,
  ) {
    this.commands = new CommandHandler(audited.log, 'audit');
    this.aside = new SetAside(objects, join(folder, 'reaper'), 0);
  }

  static async open(substrate: 'files' | 'S3'): Promise<KeptObjects> {
    const folder = await mkdtemp(join(tmpdir(), 'waystation-kept-'));
    const s3 = `${process.env['WAYSTATION_TEST_S3_URL'] ?? ''}&prefix=${randomUUID()}/`;
    const url = substrate === 'S3' ? s3 : pathToFileURL(join(folder, 'objects')).href;
    return new KeptObjects(await auditedLog(), await openObjectStore(url), folder);
  }

  /** Keeps an object as a receiver does, and writes nothing down. */
  async keep(): Promise<StoredObject> {
    const bytes = randomBytes(2000);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const key = await this.objects.keep({ sha256, size: bytes.length, chunks: [bytes] });
    return { key, sha256, size: bytes.length, dataSetOffset: 0 };
  }

  /** Writes down that an object was received. */
  async name(object: StoredObject): Promise<string> {
    const number = ++this.count;
    const sopInstanceUid = exampleSeries.sopInstanceUid(number);
    const stream = streamName.series(`1.2.3.${number}`);
    await this.append(stream, exampleSeries.stored(number, { sopInstanceUid, object }));
    return stream;
  }

  async append(stream: string, ...events: readonly NewEvent[]): Promise<void> {
    const { log } = this.audited;
    await log.append({ parts: [{ stream, expected: 'any', events }], time: log.clock.estimate(), metadata: {} });
  }

  /** Reaps all that is there unless the order says otherwise. */
  reap(order: Partial<ReapOrder> = {}) {
    const { commands, objects, aside, audited } = this;
    const reaper = new ObjectReaper(audited.log, commands, objects, aside);
    const all: ReapOrder = { olderThanMs: 0, dryRun: false, actor: { kind: 'service', name: 'audit' }, ...order };
    return reaper.run(all, () => undefined, new AbortController().signal);
  }

  async keys(): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of this.objects.list('')) keys.push(key);
    return keys;
  }

  async hashOf(key: string): Promise<string> {
    return createHash('sha256')
      .update(await buffer(await this.objects.get(key)))
      .digest('hex');
  }

  async close(): Promise<void> {
    await this.objects.close();
    await this.audited[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true, force: true });
  }
}
