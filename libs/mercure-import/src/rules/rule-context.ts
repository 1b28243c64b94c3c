import type { Channels } from '../notifications/channels.js';
import type { NotificationSettings } from '../notifications/notification-settings.js';
import type { ImportedModule } from '../modules/import-module.js';
import type { AdditionalTags } from '../settings/import-additional-tags.js';
import type { ImportedTarget } from '../targets/import-targets.js';

/** What the import of a rule needs to know of everything around it. */
export interface RuleContext {
  /** Its name in Waystation. */
  readonly name: string;
  /** Names that conditions may use. */
  readonly knownTags: readonly string[];
  readonly tags: AdditionalTags;
  /** Targets that were taken over, by their names in mercure. */
  readonly targets: ReadonlyMap<string, ImportedTarget>;
  /** Modules that were taken over, by their names in mercure. */
  readonly modules: ReadonlyMap<string, ImportedModule>;
  readonly channels: Channels;
  readonly notifications: NotificationSettings;
  readonly study: StudyTimes;
  /** Whether it is the one fallback rule that mercure follows. */
  readonly isTheFallback: boolean;
}

/** When studies are complete: mercure has one pair of times for all rules. */
export interface StudyTimes {
  readonly quietPeriodSeconds: number;
  readonly forceAfterSeconds: number;
}
