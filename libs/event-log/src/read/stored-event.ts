import { readAsNewest, type EventMetadata, type RecordedEvent } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** An event as it is stored: `data` and `metadata` as the very text, and the hash beside them. */
export interface StoredEvent {
  readonly position: number;
  readonly stream: string;
  readonly sequence: number;
  readonly type: string;
  readonly time: Instant;
  readonly recordedtime: Instant;
  readonly data: string;
  readonly metadata: string;
  /** 32 bytes; see `eventHash`. */
  readonly hash: Buffer;
}

/** What the text says, in the newest version of the event. Of many events `EventTexts` reads it sooner. */
export const toRecordedEvent = ({
  type,
  data,
  position,
  stream,
  sequence,
  time,
  recordedtime,
  metadata,
}: Omit<StoredEvent, 'hash'>): RecordedEvent =>
  readAsNewest({
    type,
    data: JSON.parse(data) as unknown,
    position,
    stream,
    sequence,
    time,
    recordedtime,
    metadata: JSON.parse(metadata) as EventMetadata,
  });
