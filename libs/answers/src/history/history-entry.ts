import type { CloudEvent } from '@waystation/events';

/** One event of a story: the CloudEvent and a sentence for people. */
export interface HistoryEntry extends CloudEvent {
  readonly sentence: string;
}
