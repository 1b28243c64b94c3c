import { rm } from 'node:fs/promises';
import { dimseStatuses, type RefusedStore, type StoreAnswer, type StoreRequest } from '@waystation/dicom-network';
import { isSpooled, objectOf, seriesDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { InstanceQuarantined, InstanceRefused, streamName, type StoredObject } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { AssociationRecord, Outcome } from '../associations/association-record.js';
import type { ReceiverMetrics } from '../receiver-metrics.js';
import type { ObjectKeeping } from '../spool/object-keeping.js';
import { collectObject, type CollectedObject } from './collect-object.js';
import { ConfigurationInForce } from './configuration-in-force.js';
import { faultOf } from './fault-of.js';
import type { Unidentifiable } from './identify-instance.js';
import { identifyObject, type Identified } from './identify-object.js';
import { keepAside } from './keep-aside.js';
import { releaseChunks } from './release-chunks.js';
import { outcomeOf, storeInstanceOf, type DurableObject } from './store-instance-of.js';

const SUCCESS: StoreAnswer = { status: dimseStatuses.success.code };

/** Takes one object in: collect, identify, make durable, write down, and only then say Success. */
export class ReceiveInstance {
  private readonly configuration: ConfigurationInForce;

  constructor(
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
    private readonly keeping: ObjectKeeping,
    private readonly identities: Identities,
    private readonly spoolFolder: string,
    private readonly counts: ReceiverMetrics,
  ) {
    this.configuration = new ConfigurationInForce(commands);
  }

  /** @throws only where the connection is gone and nobody waits for an answer */
  async receive(record: AssociationRecord, request: StoreRequest): Promise<StoreAnswer> {
    const startedAt = performance.now();
    let collected: CollectedObject | undefined;
    try {
      await record.open();
      const { wanted } = await this.configuration.current();
      collected = await collectObject(this.spoolFolder, request, wanted);
      const identified = identifyObject(collected, request);
      const answer =
        'status' in identified
          ? await this.quarantine(record, request, collected, identified)
          : await this.store(record, request, collected, identified);
      this.counts.answered((performance.now() - startedAt) / 1000);
      return answer;
    } catch (error) {
      if (error instanceof CodedError && error.code === 'dicom-network.connection-lost') throw error;
      return await this.refuse(record, request, error);
    } finally {
      if (collected && 'path' in collected.object) await rm(collected.object.path, { force: true });
    }
  }

  /** Writes down an object that was refused for what its C-STORE says. @throws CodedError where the log is away */
  async refused(record: AssociationRecord, { sopInstanceUid, answer }: RefusedStore): Promise<void> {
    this.count(record, 'refused', 0);
    const { status, comment = 'the message id is that of another that is not answered yet' } = answer;
    const uid = printable(sopInstanceUid);
    await record.open();
    await record.append(
      InstanceRefused.of({ sopInstanceUid: uid, status, code: 'ingest.command-refused', reason: comment }),
    );
  }

  private async store(
    record: AssociationRecord,
    { transferSyntaxUid }: StoreRequest,
    { object: bytes, dataSetOffset }: CollectedObject,
    identified: Identified,
  ): Promise<StoreAnswer> {
    const { sha256, size } = bytes;
    // First of all: an object is of no use to anybody where its patient cannot be sealed.
    const identity = await this.identities.seal(identified.uids, identified.read.identity);
    const keptSince = this.commands.now();
    const kept = await this.keeping.keep(bytes, identified.uids);
    const { key, spool, durable } = kept;
    const object = { key, sha256, size, dataSetOffset, ...(spool === undefined ? {} : { spool }) };
    const written = kept.writtenBy(() =>
      this.write(record, transferSyntaxUid, object, { ...identified, identity, keptSince }, durable),
    );
    // What is a duplicate is not written down, and Success is for what was sent all the same.
    const [outcome] = await Promise.all([written, durable]);
    // The first chunk is our own file meta information, from memory that is shared.
    if ('chunks' in bytes) releaseChunks(bytes.chunks.slice(1));
    await record.brought(identified.uids.seriesInstanceUid);
    this.count(record, outcome, size);
    return SUCCESS;
  }

  private async write(
    record: AssociationRecord,
    transferSyntaxUid: string,
    object: StoredObject,
    { uids, read, identity, keptSince }: Identified & Pick<DurableObject, 'identity' | 'keptSince'>,
    durable: Promise<void>,
  ): Promise<'stored' | 'duplicated' | 'conflicted'> {
    const { sopInstanceUid, seriesInstanceUid } = uids;
    const { id, callingAeTitle, calledAeTitle, address } = record.association;
    const source = { association: id, callingAeTitle, calledAeTitle, address };
    const received = { uids, read, identity, source, transferSyntaxUid, object, keptSince };
    const command = storeInstanceOf(received, await this.configuration.current());
    const stream = streamName.series(seriesInstanceUid);
    const { metadata } = record;
    const { events, state } = await this.commands.handle(seriesDecider, stream, command, { metadata, after: durable });
    const { key, sha256, spool } = object;
    const known = state.status === 'unknown' ? undefined : objectOf(state, sopInstanceUid, sha256);
    // The same came before into a spool, and this copy is in the object store already.
    if (spool === undefined && known !== undefined && isSpooled(known) && known.size === object.size) {
      const moved = { kind: 'move-objects', objects: [{ sopInstanceUid, sha256, key }] } as const;
      await this.commands.handle(seriesDecider, stream, moved, { metadata });
    }
    return outcomeOf(events);
  }

  private async quarantine(
    record: AssociationRecord,
    request: StoreRequest,
    { object: bytes, dataSetOffset }: CollectedObject,
    { status, code, reason }: Unidentifiable,
  ): Promise<StoreAnswer> {
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = request;
    const { sha256, size } = bytes;
    const key = await keepAside(this.objects, bytes);
    const object = { key, sha256, size, dataSetOffset };
    const quarantined = { sopClassUid, sopInstanceUid, transferSyntaxUid, object, status, code, reason };
    await record.append(InstanceQuarantined.of(quarantined));
    this.count(record, 'quarantined', size);
    return { status, comment: reason };
  }

  private async refuse(record: AssociationRecord, request: StoreRequest, error: unknown): Promise<StoreAnswer> {
    const { status, code, reason } = faultOf(error);
    this.count(record, 'refused', 0);
    const refused = InstanceRefused.of({ sopInstanceUid: request.sopInstanceUid, status, code, reason });
    // Where the log itself is the fault this fails as well; the sender still has the object and is told to keep it.
    await record.append(refused).catch(() => undefined);
    return { status, comment: reason };
  }

  private count(record: AssociationRecord, outcome: Outcome, bytes: number): void {
    record.count(outcome, bytes);
    this.counts.received(outcome, bytes);
  }
}

/** What a peer wrote for a UID may be anything; 64 characters are the most that a UID has (PS3.5 9.1). */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);
