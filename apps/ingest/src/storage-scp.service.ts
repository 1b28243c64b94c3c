import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Association, StoreScpHandlers } from '@waystation/dicom-network';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import { messageOf } from '@waystation/kernel';
import { LOGGER, PLATFORM, SETTINGS, type Logger, type Platform, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { answerAssociation, type AssociationPolicy } from './associations/association-policy.js';
import { AssociationEnds } from './associations/association-ends.js';
import { AssociationRecord, recordRejection } from './associations/association-record.js';
import { PeersInForce } from './associations/peers-in-force.js';
import { ReceiveInstance } from './receive-instance/receive-instance.js';
import { ReceiverMetrics } from './receiver-metrics.js';
import { DicomPorts, type ListeningOn } from './receivers/dicom-ports.js';
import { ReceiverService } from './receivers/receiver.service.js';
import { SpoolService } from './spool/spool.service.js';

/** The DICOM ports: ties what peers do to what is written down about it. */
@Injectable()
export class StorageScpService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private ports: DicomPorts | undefined;
  private peers: PeersInForce | undefined;
  private readonly records = new Map<string, AssociationRecord>();
  private readonly closing = new Set<Promise<void>>();
  private readonly ends: AssociationEnds;
  private readonly receiveInstance: ReceiveInstance;
  private readonly counts: ReceiverMetrics;

  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    identities: Identities,
    spool: SpoolService,
    private readonly receiver: ReceiverService,
    @Inject(PLATFORM) { metrics, objects }: Platform,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.counts = new ReceiverMetrics(metrics);
    this.ends = new AssociationEnds(logger);
    const { spoolFolder } = settings;
    this.receiveInstance = new ReceiveInstance(commands, objects, spool.keeping, identities, spoolFolder, this.counts);
  }

  /** Where DICOM listens; undefined before it does. */
  get listening(): ListeningOn | undefined {
    return this.ports;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { dicom, spoolFolder } = this.settings;
    await prepareSpool(spoolFolder);
    const peers = await PeersInForce.follow(this.commands, (sentence) => this.logger.warn(sentence));
    this.peers = peers;
    const policy: AssociationPolicy = {
      ...dicom,
      senderOf: (callingAeTitle) => peers.sender(callingAeTitle),
      calledEntity: (calledAeTitle) => peers.called(calledAeTitle),
    };
    this.ports = await DicomPorts.listen(dicom, this.handlers(policy));
    this.receiver.onOver((associations) =>
      this.ports?.breakOff(associations, 'the receiver was not heard of for too long'),
    );
    this.sayWhere(this.ports);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.peers?.stop();
    await this.ports?.close(this.settings.drainSeconds * 1000);
    await Promise.allSettled(this.closing);
    await this.ends.close();
  }

  private sayWhere({ port, tlsPort, expiresAt }: DicomPorts): void {
    const { host, aeTitle } = this.settings.dicom;
    if (port !== undefined) this.logger.log(`DICOM listens on ${host}:${port}, called AE title ${aeTitle}`);
    if (tlsPort === undefined) return;
    this.logger.log(
      `DICOM over TLS listens on ${host}:${tlsPort}, with a certificate that is valid until ${expiresAt}`,
    );
  }

  private handlers(policy: AssociationPolicy): StoreScpHandlers {
    return {
      associate: (request) => answerAssociation(policy, request),
      refused: (refusal) => {
        this.counts.rejected();
        this.background(recordRejection(this.log, randomUUID(), refusal), `rejection of ${refusal.address}`);
      },
      accepted: (association) => {
        this.counts.opened();
        this.recordOf(association);
      },
      store: (association, request) => this.receiveInstance.receive(this.recordOf(association), request),
      storeRefused: (association, refused) => this.receiveInstance.refused(this.recordOf(association), refused),
      operationRefused: (association, refused) => this.recordOf(association).refusedOperation(refused),
      handlerFailed: (error) => this.logger.error(`a DICOM handler failed: ${messageOf(error)}`),
      ended: (association, ending) => {
        this.counts.ended(ending.by);
        const record = this.recordOf(association);
        this.records.delete(association.id);
        const { id } = association;
        this.background(
          this.ends.take(id, () => record.close(ending)),
          `end of association ${id}`,
        );
      },
    };
  }

  private recordOf(association: Association): AssociationRecord {
    const known = this.records.get(association.id);
    if (known) return known;
    const record = new AssociationRecord(this.log, () => this.receiver.life(), association);
    this.records.set(association.id, record);
    return record;
  }

  /** Writes what no peer waits for. */
  private background(writing: Promise<void>, what: string): void {
    const done = writing
      .catch((error: unknown) => this.logger.warn(`not written down: ${what}: ${messageOf(error)}`))
      .finally(() => this.closing.delete(done));
    this.closing.add(done);
  }
}

/** An object on its way in is written all the time; what was not touched for so long was left by a crash. */
const ABANDONED_MS = 3_600_000;

/** What a crash left in the spool was never acknowledged: its sender still has it. Others may be using the folder. */
const prepareSpool = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (name.endsWith('.part') && Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { force: true });
  }
};
