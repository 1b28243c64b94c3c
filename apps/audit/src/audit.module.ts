import { EventLog } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import { LOGGER, OBJECT_STORE, PLATFORM, type Platform, type Logger } from '@waystation/service';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
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
import { SearchController } from './search/search.controller.js';
import { HistoryController } from './tell-history/history.controller.js';
import { TellHistory } from './tell-history/tell-history.js';
import { SealLog } from './verify/seal-log.js';
import { VerifyController } from './verify/verify.controller.js';

/** The read side: history, time travel, rebuild, proof, search. */
@Module({
  controllers: [
    ProjectHistoryWhenTold,
    HistoryController,
    ReplayController,
    RebuildController,
    ReadModelsController,
    VerifyController,
    SearchController,
  ],
  providers: [
    ProjectHistory,
    TimeTravel,
    ReadModelLag,
    {
      provide: Rebuild,
      inject: [EventLog, DataSource, ProjectHistory, PLATFORM],
      useFactory: (log: EventLog, views: DataSource, project: ProjectHistory, { databaseUrl, logger }: Platform) =>
        new Rebuild(log, views, project, databaseUrl, logger),
    },
    {
      provide: SweepGenerations,
      inject: [EventLog, DataSource, LOGGER],
      useFactory: (log: EventLog, views: DataSource, logger: Logger) => new SweepGenerations(log, views, logger),
    },
    {
      provide: DataSource,
      inject: [PLATFORM],
      useFactory: ({ databaseUrl }: Platform) => openReadModels(databaseUrl),
    },
    {
      provide: TellHistory,
      inject: [EventLog, ProjectHistory, DataSource, PLATFORM],
      useFactory: (log: EventLog, project: ProjectHistory, views: DataSource, { source }: Platform) =>
        new TellHistory(log, project, views, source),
    },
    {
      provide: SealLog,
      inject: [EventLog, OBJECT_STORE, LOGGER],
      useFactory: (log: EventLog, objects: ObjectStore, logger: Logger) => new SealLog(log, objects, logger),
    },
  ],
})
export class AuditModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly views: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.views.destroy();
  }
}
