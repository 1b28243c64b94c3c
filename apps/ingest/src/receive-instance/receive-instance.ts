import { rm } from 'node:fs/promises';
import { separateIdentity } from '@waystation/dicom';
import { dimseStatuses, type StoreAnswer, type StoreRequest } from '@waystation/dicom-network';
import { seriesDecider, type SeriesEvent, type StoreInstance } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { InstanceQuarantined, InstanceRefused, streamName, type StoredObject } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { AssociationRecord, Outcome } from '../associations/association-record.js';
import type { ReceiverMetrics } from '../receiver-metrics.js';
import { faultOf } from './fault-of.js';
import { QuietPeriod } from './quiet-period.js';
import { identifyInstance, type InstanceIdentity, type Unidentifiable } from './identify-instance.js';
import { objectKey, quarantineKey } from './object-key.js';
import { spoolObject, type SpooledObject } from './spool-object.js';

const SUCCESS: StoreAnswer = { status: dimseStatuses.success.code };

/** Takes one object in: spool, identify, make durable, write down, and only then say Success. */
export class ReceiveInstance {
  private readonly quietPeriod: QuietPeriod;

  constructor(
    private readonly commands: CommandHandler,
    private readonly objects: ObjectStore,
    private readonly spoolFolder: string,
    private readonly counts: ReceiverMetrics,
  ) {
    this.quietPeriod = new QuietPeriod(commands);
  }

  /** @throws only where the connection is gone and nobody waits for an answer */
  async receive(record: AssociationRecord, request: StoreRequest): Promise<StoreAnswer> {
    const startedAt = performance.now();
    let spooled: SpooledObject | undefined;
    try {
      await record.opened;
      spooled = await spoolObject(this.spoolFolder, request);
      const identity = identify(spooled, request);
      const answer =
        'status' in identity
          ? await this.quarantine(record, request, spooled, identity)
          : await this.store(record, request, spooled, identity);
      this.counts.answered((performance.now() - startedAt) / 1000);
      return answer;
    } catch (error) {
      if (error instanceof CodedError && error.code === 'dicom-network.connection-lost') throw error;
      return await this.refuse(record, request, error);
    } finally {
      if (spooled) await rm(spooled.path, { force: true });
    }
  }

  private async store(
    record: AssociationRecord,
    { transferSyntaxUid }: StoreRequest,
    spooled: SpooledObject,
    identity: InstanceIdentity,
  ): Promise<StoreAnswer> {
    const object = storedObject(objectKey(spooled.sha256), spooled);
    await this.objects.putFile(object.key, spooled.path);
    const { header, identity: person } = separateIdentity('facts' in spooled.header ? spooled.header.facts : {});
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, sopClassUid } = identity;
    const { id, callingAeTitle, calledAeTitle, address } = record.association;
    const command: StoreInstance = {
      kind: 'store-instance',
      seriesInstanceUid,
      studyInstanceUid,
      source: { association: id, callingAeTitle, calledAeTitle, address },
      header,
      identity: { scheme: 'clear', facts: person },
      instance: { sopInstanceUid, sopClassUid, transferSyntaxUid, object },
      quietPeriodMs: await this.quietPeriod.milliseconds(),
    };
    const { events } = await this.commands.handle(seriesDecider, streamName.series(seriesInstanceUid), command, {
      metadata: record.metadata,
    });
    this.count(record, outcomeOf(events), spooled.size);
    return SUCCESS;
  }

  private async quarantine(
    record: AssociationRecord,
    request: StoreRequest,
    spooled: SpooledObject,
    { status, code, reason }: Unidentifiable,
  ): Promise<StoreAnswer> {
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = request;
    const object = storedObject(quarantineKey(spooled.sha256), spooled);
    await this.objects.putFile(object.key, spooled.path);
    const quarantined = { sopClassUid, sopInstanceUid, transferSyntaxUid, object, status, code, reason };
    await record.append(InstanceQuarantined.of(quarantined));
    this.count(record, 'quarantined', spooled.size);
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

const identify = ({ header }: SpooledObject, request: StoreRequest): InstanceIdentity | Unidentifiable =>
  header instanceof CodedError
    ? { code: header.code, reason: header.message, status: dimseStatuses.cannotUnderstand.code }
    : identifyInstance(header.facts, request);

const storedObject = (key: string, { sha256, size, dataSetOffset }: SpooledObject): StoredObject => ({
  key,
  sha256,
  size,
  dataSetOffset,
});

const outcomeOf = (events: readonly SeriesEvent[]): 'stored' | 'duplicated' | 'conflicted' => {
  const types = events.map(({ type }) => type);
  if (types.includes('instance.stored.v1')) return 'stored';
  return types.includes('instance.conflicted.v1') ? 'conflicted' : 'duplicated';
};
