import { CommandHandler, EventLog, migrate, type MigrationClass } from '@waystation/event-log';
import { redact, type Settings } from '@waystation/configuration';
import { CreateIdentityKeys1767268800000, openIdentities, type Identities } from '@waystation/identity';
import { messageOf, type CodedError } from '@waystation/kernel';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import { createLogger, Health, Metrics, type Logger } from '@waystation/observability';

/** What every service stands on: the three ports that differ between one process and many machines. */
export interface Platform {
  /** Name of the service, for logs, sessions and the actor of its events. */
  readonly service: string;
  readonly settings: Settings;
  readonly databaseUrl: string;
  /** CloudEvents `source` of the log. */
  readonly source: string;
  readonly log: EventLog;
  readonly commands: CommandHandler;
  readonly objects: ObjectStore;
  /** Undefined where nobody has to know who patients are. */
  readonly identities: Identities | undefined;
  readonly logger: Logger;
  readonly health: Health;
  readonly metrics: Metrics;
}

export interface PlatformOptions {
  readonly service: string;
  readonly settings: Settings;
  /** Where Postgres really is: the settings may say `embedded`. */
  readonly databaseUrl: string;
  /** Tables of the service's own read models. */
  readonly migrations?: readonly MigrationClass[];
  /**
   * Whether it seals or opens who patients are, unless told otherwise; without that it needs no key. `where-there-is-a-key`:
   * it does where the settings name one, and does its other work without.
   */
  readonly opensIdentities?: boolean | 'where-there-is-a-key';
}

/** Opens database, object store and log; brings the tables up to date first. */
export const openPlatform = async (options: PlatformOptions): Promise<Platform> => {
  const { service, settings, databaseUrl } = options;
  const logger = createLogger({ ...settings.log, service });
  logger.debug(`settings: ${JSON.stringify(redact(settings))}`);
  const migrations = [CreateIdentityKeys1767268800000, ...(options.migrations ?? [])];
  await migrate(databaseUrl, migrations, { segmentSize: settings.archive.segmentEvents });
  // Without it a receiver that spools can do its work, and what the others do they will try again.
  const isNeeded = settings.acknowledge === 'stored';
  const warn = (error: CodedError): void => logger.warn(`the object store is away: ${messageOf(error)}`);
  const objects = await openObjectStore(settings.objects, process.env, isNeeded ? undefined : warn);
  const log = await EventLog.open({ url: databaseUrl, applicationName: service, objects });
  const identities = await openIdentitiesWhereNeeded(options, log, logger).catch(async (error: unknown) => {
    await Promise.all([log.close(), objects.close()]);
    throw error;
  });
  const health = new Health();
  health.add('event log', async () => {
    await log.now();
  });
  health.add('object store', () => objects.check());
  return {
    service,
    settings,
    databaseUrl,
    source: `/log/${settings.name}/1`,
    log,
    commands: new CommandHandler(log, service, settings.stateMemory),
    objects,
    identities,
    logger,
    health,
    metrics: new Metrics(),
  };
};

const openIdentitiesWhereNeeded = async (
  { opensIdentities = true, settings }: PlatformOptions,
  log: EventLog,
  logger: Logger,
): Promise<Identities | undefined> => {
  const isNeeded = opensIdentities === true || (opensIdentities && settings.identity.key !== undefined);
  if (!isNeeded) return undefined;
  const onKeyMade = (path: string): void =>
    logger.warn(
      `made the key ${path}: keep a copy apart from the data; without it nobody can tell who the patients are`,
    );
  return openIdentities({ database: log, settings: settings.identity, onKeyMade });
};

/** Closes what {@link openPlatform} opened. */
export const closePlatform = async ({ log, objects }: Platform): Promise<void> => {
  await log.close();
  await objects.close();
};
