import type { RecordedEvent } from '@waystation/events';

/** Handles one event; a rejection means that it is not handled. */
export type EventHandler = (event: RecordedEvent) => Promise<void>;
