import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { seriesDecider, type StoreInstance } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { openObjectStore, type NewObject, type ObjectStore } from '@waystation/object-store';
import { exampleSeries, type SyntheticInstance } from '@waystation/testing';
import pg from 'pg';
import { expect } from 'vitest';
import { AdoptSpools } from '../src/spool/adopt-spools.js';
import { officeOfSpool, type HeldSpool } from '../src/spool/held-spool.js';
import { MoveSpooled } from '../src/spool/move-spooled.js';
import type { KeptObject } from '../src/spool/object-keeping.js';
import { OwnSpool } from '../src/spool/own-spool.js';
import { SpoolProgress } from '../src/spool/spool-progress.js';

export const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export const inMemory = ({ part10, dataSet }: SyntheticInstance): NewObject => ({
  sha256: hashOf(dataSet),
  size: part10.length,
  chunks: [part10.subarray(0, 200), part10.subarray(200)],
});

export const streamOf = (of: SyntheticInstance): string => streamName.series(of.seriesInstanceUid);

/** What a receiver says of an object that it kept. */
export const storeCommand = ({ key, spool }: KeptObject, of: SyntheticInstance): StoreInstance => {
  const { seriesInstanceUid, studyInstanceUid, sopInstanceUid, sopClassUid, transferSyntaxUid, part10, dataSet } = of;
  const dataSetOffset = part10.length - dataSet.length;
  const described = { key, sha256: hashOf(dataSet), size: part10.length, dataSetOffset };
  const object = { ...described, ...(spool === undefined ? {} : { spool }) };
  return {
    ...exampleSeries.storeInstance(1),
    seriesInstanceUid,
    studyInstanceUid,
    instance: { sopInstanceUid, sopClassUid, transferSyntaxUid, object },
  };
};

/** A spool of its own on the real database and object store of the suite. */
export class SpoolUnderTest {
  /** What people would have been told. */
  readonly said: string[] = [];
  readonly own: OwnSpool;

  private constructor(
    readonly root: string,
    readonly log: EventLog,
    readonly commands: CommandHandler,
    readonly objects: ObjectStore,
    private readonly server: pg.Client,
    private readonly database: string,
  ) {
    this.own = new OwnSpool(root, log.checkpoints, () => undefined);
  }

  static async open(): Promise<SpoolUnderTest> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    const database = `spool_${randomUUID().replaceAll('-', '')}`;
    const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
    await server.connect();
    await server.query(`create database ${database}`);
    await migrate(url);
    const log = await EventLog.open({ url, applicationName: 'spool-spec' });
    const objects = await openObjectStore(`${process.env['WAYSTATION_TEST_S3_URL'] ?? ''}&prefix=${randomUUID()}/`);
    const root = await mkdtemp(join(tmpdir(), 'waystation-spool-'));
    return new SpoolUnderTest(root, log, new CommandHandler(log, 'ingest'), objects, server, database);
  }

  /** Takes an object in as a receiver does: keeps it and writes it down. */
  async receive(of: SyntheticInstance, object = inMemory(of)): Promise<KeptObject> {
    const kept = await this.own.keep(object, of);
    await kept.writtenBy(() => this.commands.handle(seriesDecider, streamOf(of), storeCommand(kept, of)));
    return kept;
  }

  /** The spool that is written to, as somebody else would hold it who found it at this moment. */
  async held(changes: Partial<HeldSpool> = {}): Promise<HeldSpool> {
    const spool = await this.own.held();
    if (spool === undefined) throw new Error('nothing was spooled');
    return { ...spool, progress: new SpoolProgress(), ...changes };
  }

  /** Goes through a spool once. @returns how many objects reached the object store */
  async empty(spool: HeldSpool, objects = this.objects): Promise<number> {
    const mover = new MoveSpooled(this.commands, objects, (sentence) => this.said.push(sentence));
    return mover.empty(spool, new AbortController().signal);
  }

  adopting(): AdoptSpools {
    return new AdoptSpools(this.root, this.log.checkpoints, (sentence) => this.said.push(sentence));
  }

  async typesOf(of: SyntheticInstance): Promise<readonly string[]> {
    return (await this.log.readStream(streamOf(of))).map(({ type }) => type);
  }

  async filesLeft(): Promise<readonly string[]> {
    return (await this.held()).folder.files();
  }

  async expectInStore(of: SyntheticInstance, { key }: KeptObject): Promise<void> {
    expect((await buffer(await this.objects.get(key))).equals(of.part10)).toBe(true);
  }

  /** As if its holder had not renewed it. */
  async letLeaseRunOut(writer: string): Promise<void> {
    await this.log.pool.query(`update log.office set held_until = clock_timestamp() - interval '1 s' where name = $1`, [
      officeOfSpool(writer),
    ]);
  }

  async close(): Promise<void> {
    await this.own.close();
    await Promise.all([this.objects.close(), this.log.close()]);
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
    await rm(this.root, { recursive: true, force: true });
  }
}
