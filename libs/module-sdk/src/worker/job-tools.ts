import type { CommandHandler, EventLog } from '@waystation/event-log';
import type { ProcessingModule } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import type { ObjectStore } from '@waystation/object-store';
import type { Logger } from '@waystation/service';
import type { ModuleRunner } from '../module/module-runner.js';
import type { OutputLimits } from '../output/output-limits.js';

/** What a worker works with. */
export interface JobTools {
  readonly log: Pick<EventLog, 'onAppended' | 'timers'>;
  readonly commands: CommandHandler;
  readonly objects: ObjectStore;
  readonly identities: Identities;
  readonly runner: ModuleRunner;
  /** A module that is there whatever is configured. */
  readonly builtIn: ProcessingModule | undefined;
  readonly limits: OutputLimits;
  /** On this machine, of this process: for what is on its way to the object store. */
  readonly folder: string;
  /** Who does the work, for the log. */
  readonly worker: string;
  readonly logger: Logger;
  /** Told where a module goes on although it was told to stop, once its attempt is over for everybody else. */
  readonly onStuck: () => void;
}
