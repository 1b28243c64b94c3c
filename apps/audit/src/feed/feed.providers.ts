import { EventLog } from '@waystation/event-log';
import { LOGGER, type Logger } from '@waystation/service';
import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectHistory } from '../project-history/project-history.js';
import { EventFeed } from './event-feed.js';
import { OpenStreams } from './open-streams.js';

/** What the feed consists of. */
export const feedProviders: readonly Provider[] = [
  { provide: OpenStreams, useFactory: () => new OpenStreams() },
  {
    provide: EventFeed,
    inject: [EventLog, ProjectHistory, DataSource, LOGGER],
    useFactory: (log: EventLog, project: ProjectHistory, views: DataSource, logger: Logger) =>
      new EventFeed(log, project, views, (sentence) => logger.warn(sentence)),
  },
];
