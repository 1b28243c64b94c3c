import { randomUUID } from 'node:crypto';
import { EventLog, migrate } from '@waystation/event-log';
import { InstanceStored, streamName } from '@waystation/events';
import type { Association } from '@waystation/dicom-network';
import { exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { AssociationRecord } from '../src/associations/association-record.js';
import { LostReceivers } from '../src/receivers/lost-receivers.js';
import { OwnReceiver } from '../src/receivers/own-receiver.js';
import type { ReceiverLife } from '../src/receivers/receiver-life.js';

/** Receivers of one log on the real database of the suite, as if each were a process. */
export class ReceiversUnderTest {
  private constructor(
    readonly log: EventLog,
    private readonly server: pg.Client,
    private readonly database: string,
    readonly url: string,
  ) {}

  static async open(): Promise<ReceiversUnderTest> {
    const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
    const database = `receivers_${randomUUID().replaceAll('-', '')}`;
    const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
    await server.connect();
    await server.query(`create database ${database}`);
    await migrate(url);
    const log = await EventLog.open({ url, applicationName: 'receivers-spec' });
    return new ReceiversUnderTest(log, server, database, url);
  }

  /** A receiver, and which of its lives were over. */
  receiver(): { readonly own: OwnReceiver; readonly over: ReceiverLife[] } {
    const over: ReceiverLife[] = [];
    return { own: new OwnReceiver(this.log, (life) => over.push(life)), over };
  }

  /** One that looks after the others, and waits for nothing. */
  successor(doubtMs = 0): LostReceivers {
    return new LostReceivers(this.log, { patienceMs: 0, doubtMs });
  }

  /** An association that a receiver has accepted. */
  async accept(own: OwnReceiver): Promise<AssociationRecord> {
    const association: Association = {
      id: randomUUID(),
      callingAeTitle: 'CT1',
      calledAeTitle: 'WAYSTATION',
      address: '10.0.0.7',
      implementationClassUid: '1.2.3',
      implementationVersionName: 'SCANNER',
      maximumLength: 16_384,
      contexts: [],
      openedAt: new Date().toISOString(),
    } as unknown as Association;
    const record = new AssociationRecord(this.log, () => own.life(), association);
    await record.open();
    return record;
  }

  /** Writes down that an object came over an association. @returns its series */
  async bring(record: AssociationRecord): Promise<string> {
    const [series = ''] = await this.bringMany(record, 1);
    return series;
  }

  /** The same, of many series at once. @returns the series */
  async bringMany({ association }: AssociationRecord, count: number): Promise<readonly string[]> {
    const first = Math.floor(performance.now() * 1000);
    const series = Array.from({ length: count }, (_, index) => `1.2.3.${first}.${index + 1}`);
    const { data } = exampleSeries.stored(1, { association: association.id });
    await this.log.append({
      parts: series.map((uid) => ({
        stream: streamName.series(uid),
        expected: 0,
        events: [InstanceStored.of(data)],
      })),
      time: this.log.clock.estimate(),
      metadata: {},
    });
    return series;
  }

  /** What was written down of an association, by type. */
  async eventsOf({ stream }: AssociationRecord) {
    return (await this.log.readStream(stream)).map(({ type, data }) => ({ type, data }));
  }

  /** As if a receiver were dead: nobody renews its lease, and it has run out. */
  async kill(life: ReceiverLife): Promise<void> {
    const taken = `update log.office set holder = gen_random_uuid()::text, held_until = clock_timestamp() where name = $1`;
    await this.admin((client) => client.query(taken, [life.office.name]));
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.server.query(`drop database ${this.database} with (force)`);
    await this.server.end();
  }

  private async admin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client(this.url);
    await client.connect();
    await work(client);
    await client.end();
  }
}
