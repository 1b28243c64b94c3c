import {
  BundleExported,
  ConfigurationViewed,
  HistoryViewed,
  ObjectRetrieved,
  type Actor,
  type NewEvent,
  type Reading,
} from '@waystation/events';

/** What somebody reads. */
export type AccessKind = 'history' | 'object' | 'bundle' | 'configuration';

/** One reading, as it happens. */
export interface Access {
  readonly kind: AccessKind;
  /** The route, without its values. */
  readonly view: string;
  /** The stream that it is about; empty for lists. */
  readonly subject: string;
  readonly reader: Actor;
}

const events: Readonly<Record<AccessKind, (reading: Reading) => NewEvent>> = {
  history: (reading) => HistoryViewed.of(reading),
  object: (reading) => ObjectRetrieved.of(reading),
  bundle: (reading) => BundleExported.of(reading),
  configuration: (reading) => ConfigurationViewed.of(reading),
};

/** The event that tells of it. */
export const accessEvent = (kind: AccessKind, reading: Reading): NewEvent => events[kind](reading);
