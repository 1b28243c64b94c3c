import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreScp, type Association } from '@waystation/dicom-network';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import { LOGGER, PLATFORM, SETTINGS, type Logger, type Platform, type Settings } from '@waystation/service';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { answerAssociation } from './associations/association-policy.js';
import { AssociationRecord, recordRejection } from './associations/association-record.js';
import { ReceiveInstance } from './receive-instance/receive-instance.js';
import { ReceiverMetrics } from './receiver-metrics.js';

/** The DICOM port: ties what peers do to what is written down about it. */
@Injectable()
export class StorageScpService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private scp: StoreScp | undefined;
  private readonly records = new Map<string, AssociationRecord>();
  private readonly closing = new Set<Promise<void>>();
  private readonly receiveInstance: ReceiveInstance;
  private readonly counts: ReceiverMetrics;

  constructor(
    private readonly log: EventLog,
    commands: CommandHandler,
    @Inject(PLATFORM) { metrics, objects }: Platform,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.counts = new ReceiverMetrics(metrics);
    this.receiveInstance = new ReceiveInstance(commands, objects, settings.spoolFolder, this.counts);
  }

  /** Where DICOM really listens: the setting may say 0 for any free port. */
  get port(): number | undefined {
    return this.scp?.port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { dicom, spoolFolder } = this.settings;
    await prepareSpool(spoolFolder);
    this.scp = await StoreScp.listen({
      host: dicom.host,
      port: dicom.port,
      maxAssociations: dicom.maxAssociations,
      maxAssociationsPerAddress: dicom.maxAssociations,
      handlers: {
        associate: (request) => answerAssociation(dicom, request),
        refused: (refusal) => {
          this.counts.rejected();
          this.background(recordRejection(this.log, randomUUID(), refusal), `rejection of ${refusal.address}`);
        },
        accepted: (association) => {
          this.counts.opened();
          this.recordOf(association);
        },
        store: (association, request) => this.receiveInstance.receive(this.recordOf(association), request),
        handlerFailed: (error) => this.logger.error(`a DICOM handler failed: ${messageOf(error)}`),
        ended: (association, ending) => {
          this.counts.ended(ending.by);
          this.background(this.recordOf(association).close(ending), `end of association ${association.id}`);
          this.records.delete(association.id);
        },
      },
    }).catch((error: unknown): never => {
      throw withAdvice(error, dicom);
    });
    this.logger.log(`DICOM listens on ${dicom.host}:${this.scp.port}, called AE title ${dicom.aeTitle}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.scp?.close(this.settings.drainSeconds * 1000);
    await Promise.allSettled(this.closing);
  }

  private recordOf(association: Association): AssociationRecord {
    const known = this.records.get(association.id);
    if (known) return known;
    const record = new AssociationRecord(this.log, association);
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

const withAdvice = (error: unknown, { host, port }: Settings['dicom']): unknown => {
  if (!hasCode(error, 'dicom-network.port-taken')) return error;
  const message = `DICOM cannot listen on ${host}:${port}: the port is taken; choose another with WAYSTATION_DICOM_PORT`;
  return new CodedError('ingest.port-taken', message, { cause: error });
};

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
