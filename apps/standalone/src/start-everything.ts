import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditModule, CreateReadModels1767312000000 } from '@waystation/audit';
import { ControlModule } from '@waystation/control';
import type { Settings } from '@waystation/configuration';
import { DispatchModule } from '@waystation/dispatch';
import { startEmbeddedPostgres } from '@waystation/embedded-postgres';
import { IngestModule, StorageScpService, type ListeningOn } from '@waystation/ingest';
import { ContainerProcessingModule } from '@waystation/processing';
import { RoutingModule } from '@waystation/routing';
import { closePlatform, createService, openPlatform, type Platform } from '@waystation/service';
import { processingApps } from './processing-apps.js';
import { startReceivers } from './start-receivers.js';
import { lockDataFolder } from './lock-data-folder.js';

/** All services in one process, listening. */
export interface Everything {
  readonly platform: Platform;
  readonly httpUrl: string;
  readonly dicom: ListeningOn;
  /** Settles when the embedded Postgres is gone; never, where there is none. */
  readonly databaseLost: Promise<void>;
  /** Settles when the receivers that run apart are gone; never, where they run in this process. */
  readonly receiversLost: Promise<void>;
  /** Drains and stops, in the order in which data flows; the database last. */
  close(): Promise<void>;
}

/** Undoes what was started, the last first. */
type Undo = () => Promise<void>;

/**
 * Starts every service in one process: on the embedded default a Postgres of its own, the log as the bus, and files as
 * objects; or on whatever the settings name.
 */
export const startEverything = async (settings: Settings): Promise<Everything> => {
  const undo: Undo[] = [];
  const undoAll = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= undoAll());
  try {
    await mkdir(settings.dataFolder, { recursive: true, mode: 0o700 });
    undo.push(await lockDataFolder(settings.dataFolder));
    const { databaseUrl, databaseLost } = await openDatabase(settings, undo);
    const migrations = [CreateReadModels1767312000000];
    const platform = await openPlatform({ service: 'waystation', settings, databaseUrl, migrations });
    undo.push(() => closePlatform(platform));
    const apart = settings.dicom.receivers > 1;
    const processing = [ContainerProcessingModule, ...processingApps];
    const modules = [RoutingModule, DispatchModule, AuditModule, ControlModule, ...processing];
    const service = await createService(platform, apart ? modules : [IngestModule, ...modules]);
    undo.push(() => service.close());
    const receivers = apart
      ? await openReceivers(settings, databaseUrl, undo)
      : {
          dicom: service.app.get(StorageScpService, { strict: false }).listening ?? nowhere,
          receiversLost: never,
        };
    return { platform, httpUrl: service.httpUrl, databaseLost, ...receivers, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const nowhere: ListeningOn = { port: undefined, tlsPort: undefined };
const never = new Promise<never>(() => undefined);

const openReceivers = async (
  settings: Settings,
  databaseUrl: string,
  undo: Undo[],
): Promise<Pick<Everything, 'dicom' | 'receiversLost'>> => {
  const receivers = await startReceivers(settings, databaseUrl);
  undo.push(() => receivers.close());
  return { dicom: receivers.dicom, receiversLost: receivers.ended };
};

const openDatabase = async (
  settings: Settings,
  undo: Undo[],
): Promise<{ databaseUrl: string; databaseLost: Promise<void> }> => {
  if (settings.databaseUrl !== 'embedded') return { databaseUrl: settings.databaseUrl, databaseLost: never };
  const postgres = await startEmbeddedPostgres({
    dataFolder: join(settings.dataFolder, 'postgres'),
    port: settings.databasePort,
  });
  undo.push(() => postgres.stop());
  return { databaseUrl: postgres.localUrl, databaseLost: postgres.exited };
};
