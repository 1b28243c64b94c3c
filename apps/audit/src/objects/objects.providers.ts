import { join } from 'node:path';
import { CommandHandler, EventLog } from '@waystation/event-log';
import type { ObjectStore } from '@waystation/object-store';
import { OBJECT_STORE, PLATFORM, type Platform } from '@waystation/service';
import type { Provider } from '@nestjs/common';
import { CheckObjects } from './check-objects.js';
import { ObjectReaper } from './object-reaper.js';
import { ReapObjects } from './reap-objects.js';
import { SetAside } from './set-aside.js';

/** What compares the object store with the log, and clears it of what the log does not name. */
export const objectsProviders: readonly Provider[] = [
  {
    provide: CheckObjects,
    inject: [EventLog, CommandHandler, OBJECT_STORE],
    useFactory: (log: EventLog, commands: CommandHandler, objects: ObjectStore) =>
      new CheckObjects(log, commands, objects),
  },
  {
    provide: ReapObjects,
    inject: [EventLog, CommandHandler, OBJECT_STORE, PLATFORM],
    useFactory: (log: EventLog, commands: CommandHandler, objects: ObjectStore, { logger, settings }: Platform) => {
      const aside = new SetAside(objects, join(settings.dataFolder, 'reaper'));
      const reaper = new ObjectReaper(log, commands, objects, aside);
      return new ReapObjects(reaper, aside, settings.reapAfterHours, logger);
    },
  },
];
