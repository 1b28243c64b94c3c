import { join } from 'node:path';
import { EventLog } from '@waystation/event-log';
import { Identities } from '@waystation/identity';
import type { ObjectStore } from '@waystation/object-store';
import { LOGGER, OBJECT_STORE, PLATFORM, type Platform, type Logger } from '@waystation/service';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ArchiveController } from './archive/archive.controller.js';
import { ArchiveLog } from './archive/archive-log.js';
import { auditMessageProviders } from './audit-messages/audit-message.providers.js';
import { BundleController } from './bundle/bundle.controller.js';
import { ExplainController } from './explain/explain.controller.js';
import { Explain } from './explain/explain.js';
import { FeedController } from './feed/feed.controller.js';
import { feedProviders } from './feed/feed.providers.js';
import { ObjectsController } from './objects/objects.controller.js';
import { objectsProviders } from './objects/objects.providers.js';
import { FindPatients } from './patients/find-patients.js';
import { PatientsController } from './patients/patients.controller.js';
import { ProjectHistory } from './project-history/project-history.js';
import { ProjectHistoryWhenTold } from './project-history/project-history-when-told.js';
import { ReadModelLag } from './project-history/read-model-lag.js';
import { ReadModelsController } from './project-history/read-models.controller.js';
import { openReadModels } from './project-history/read-models.js';
import { RebuildController } from './rebuild/rebuild.controller.js';
import { Rebuild } from './rebuild/rebuild.js';
import { SweepGenerations } from './rebuild/sweep-generations.js';
import { ReplayController } from './replay/replay.controller.js';
import { TimeTravel } from './replay/time-travel.js';
import { FindRetention } from './retention/find-retention.js';
import { RetentionController } from './retention/retention.controller.js';
import { DerivedSeriesController } from './search/derived-series.controller.js';
import { FindDerivedSeries } from './search/find-derived-series.js';
import { FindSeries } from './search/find-series.js';
import { FindStudies } from './search/find-studies.js';
import { JobObjectsController } from './search/job-objects.controller.js';
import { JobsController } from './search/jobs.controller.js';
import { NotificationsController } from './search/notifications.controller.js';
import { QuarantineController } from './search/quarantine.controller.js';
import { SearchController } from './search/search.controller.js';
import { StudiesController } from './search/studies.controller.js';
import { HistoryController } from './tell-history/history.controller.js';
import { TellHistory } from './tell-history/tell-history.js';
import { ProofController } from './verify/proof.controller.js';
import { readSigningKey } from './verify/read-signing-key.js';
import { SealLog } from './verify/seal-log.js';
import { VerifyController } from './verify/verify.controller.js';
import { SubscriptionsController } from './webhooks/subscriptions.controller.js';
import { webhookProviders } from './webhooks/webhook.providers.js';
import { WhatIf } from './what-if/what-if.js';
import { WhatIfController } from './what-if/what-if.controller.js';

/** The read side: history, time travel, rebuild, proof, search. */
@Module({
  controllers: [
    ProjectHistoryWhenTold,
    HistoryController,
    ReplayController,
    WhatIfController,
    ExplainController,
    BundleController,
    RebuildController,
    ReadModelsController,
    VerifyController,
    ProofController,
    ArchiveController,
    ObjectsController,
    SearchController,
    QuarantineController,
    JobsController,
    JobObjectsController,
    DerivedSeriesController,
    NotificationsController,
    StudiesController,
    RetentionController,
    FeedController,
    SubscriptionsController,
    PatientsController,
  ],
  providers: [
    ...auditMessageProviders,
    ...feedProviders,
    ...webhookProviders,
    ...objectsProviders,
    ProjectHistory,
    TimeTravel,
    WhatIf,
    Explain,
    ReadModelLag,
    {
      provide: Rebuild,
      inject: [EventLog, DataSource, ProjectHistory, Identities, PLATFORM],
      useFactory: (
        log: EventLog,
        views: DataSource,
        project: ProjectHistory,
        identities: Identities,
        { databaseUrl, logger }: Platform,
      ) => new Rebuild(log, views, project, identities, databaseUrl, logger),
    },
    {
      provide: SweepGenerations,
      inject: [EventLog, DataSource, LOGGER],
      useFactory: (log: EventLog, views: DataSource, logger: Logger) => new SweepGenerations(log, views, logger),
    },
    FindSeries,
    FindDerivedSeries,
    FindStudies,
    FindRetention,
    FindPatients,
    {
      provide: DataSource,
      inject: [PLATFORM],
      useFactory: ({ databaseUrl }: Platform) => openReadModels(databaseUrl),
    },
    {
      provide: TellHistory,
      inject: [EventLog, ProjectHistory, DataSource, Identities, PLATFORM],
      useFactory: (
        log: EventLog,
        project: ProjectHistory,
        views: DataSource,
        identities: Identities,
        { source }: Platform,
      ) => new TellHistory(log, project, views, identities, source),
    },
    {
      provide: SealLog,
      inject: [EventLog, OBJECT_STORE, PLATFORM],
      useFactory: async (log: EventLog, objects: ObjectStore, { logger, settings }: Platform) =>
        new SealLog(log, objects, logger, await readSigningKey(settings.sealKeyFile)),
    },
    {
      provide: ArchiveLog,
      inject: [EventLog, OBJECT_STORE, PLATFORM, SealLog],
      useFactory: (log: EventLog, objects: ObjectStore, { logger, settings }: Platform, seals: SealLog) =>
        new ArchiveLog(log, objects, join(settings.dataFolder, 'archive'), settings.archive, logger, seals),
    },
  ],
})
export class AuditModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly views: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.views.destroy();
  }
}
