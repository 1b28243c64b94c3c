import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { quarantineDecider, seriesDecider } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { streamName, type RecordedEvent, type ReinjectionRequested } from '@waystation/events';
import { CreateIdentityKeys1767268800000, openIdentities, type Identities } from '@waystation/identity';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import type { SyntheticInstance } from '@waystation/testing';
import pg from 'pg';
import { ReinjectObject } from '../src/reinject/reinject-object.js';
import { quarantineKey } from '../src/receive-instance/quarantine-key.js';

export const source: ReinjectionRequested['data']['source'] = {
  association: 'a-1',
  callingAeTitle: 'CT1',
  calledAeTitle: 'WAYSTATION',
  address: '10.0.0.7',
};

/** A quarantine on the real database of the suite, with objects in files. */
export class QuarantineUnderTest {
  private constructor(
    readonly folder: string,
    readonly log: EventLog,
    readonly objects: ObjectStore,
    private readonly identities: Identities,
    private readonly server: pg.Client,
    private readonly database: string,
  ) {}

  static async open(): Promise<QuarantineUnderTest> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    const database = `quarantine_${randomUUID().replaceAll('-', '')}`;
    const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
    await server.connect();
    await server.query(`create database ${database}`);
    await migrate(url, [CreateIdentityKeys1767268800000]);
    const log = await EventLog.open({ url, applicationName: 'quarantine-spec' });
    const folder = await mkdtemp(join(tmpdir(), 'waystation-quarantine-'));
    const objects = await openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    const settings = { key: { text: randomBytes(32).toString('base64') }, previousKey: undefined };
    const identities = await openIdentities({ database: log, settings, onKeyMade: () => undefined });
    return new QuarantineUnderTest(folder, log, objects, identities, server, database);
  }

  /** A receiver of its own, as if in another process. */
  receiver(objects = this.objects): ReinjectObject {
    return new ReinjectObject(new CommandHandler(this.log, 'ingest'), objects, this.identities, this.folder);
  }

  /** Keeps an object aside, and asks for it. @returns the stream of its quarantine */
  async ask(of: SyntheticInstance, changes: Partial<ReinjectionRequested['data']> = {}): Promise<string> {
    const { part10, dataSet, sopClassUid, sopInstanceUid, transferSyntaxUid } = of;
    const sha256 = createHash('sha256').update(dataSet).digest('hex');
    const key = quarantineKey(sha256);
    await this.objects.put(key, part10);
    const object = { key, sha256, size: part10.length, dataSetOffset: part10.length - dataSet.length };
    const uids = { sopClassUid, sopInstanceUid, transferSyntaxUid, uidsFrom: 'command' } as const;
    const by = { author: 'r.huber', reason: 'mended' };
    const request = { quarantined: 1, source, object, ...uids, ...by, ...changes };
    const stream = streamName.quarantine(sha256);
    const command = { kind: 'request-reinjection', request } as const;
    await new CommandHandler(this.log, 'control').handle(quarantineDecider, stream, command);
    return stream;
  }

  /** The events of the quarantine behind the request. */
  async outcomes(stream: string): Promise<readonly Pick<RecordedEvent, 'type' | 'data'>[]> {
    return (await this.log.readStream(stream, { after: 1 })).map(({ type, data }) => ({ type, data }));
  }

  async typesOf({ seriesInstanceUid }: SyntheticInstance): Promise<readonly string[]> {
    return (await this.log.readStream(streamName.series(seriesInstanceUid))).map(({ type }) => type);
  }

  async stateOf({ seriesInstanceUid }: SyntheticInstance) {
    const commands = new CommandHandler(this.log, 'spec');
    return (await commands.load(seriesDecider, streamName.series(seriesInstanceUid))).state;
  }

  async close(): Promise<void> {
    await Promise.all([this.objects.close(), this.log.close()]);
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
