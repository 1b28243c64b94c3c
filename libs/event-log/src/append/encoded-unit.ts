import type { EventMetadata, NewEvent } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { TimerSetting } from './append-unit.js';

/** An event with the exact bytes that are stored and their hash. */
export interface EncodedEvent {
  readonly event: NewEvent;
  readonly data: string;
  readonly hash: Buffer;
}

export interface EncodedPart {
  readonly stream: string;
  readonly expected: number | 'any';
  readonly time: Instant;
  readonly metadata: EventMetadata;
  readonly metadataText: string;
  readonly timer: TimerSetting | null | undefined;
  readonly events: readonly EncodedEvent[];
}

/** An `AppendUnit` that is ready to be sent. */
export interface EncodedUnit {
  readonly parts: readonly EncodedPart[];
  readonly eventCount: number;
  /** Roughly what it adds to a call. */
  readonly size: number;
}
