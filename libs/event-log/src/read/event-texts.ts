import { readAsNewest, type EventMetadata, type RecordedEvent } from '@waystation/events';
import { AlikeTexts } from './alike-texts.js';
import type { StoredEvent } from './stored-event.js';

/** Metadata texts that are remembered: whatever one association or command caused has the same. */
const REMEMBERED = 256;
const METADATA = 'metadata';

/** Reads what the texts of stored events say. Events with the same metadata share one object. */
export class EventTexts {
  readonly #texts = new AlikeTexts();
  readonly #metadata = new Map<string, EventMetadata>();

  /** The event in the newest version of its type. */
  read({
    type,
    data,
    position,
    stream,
    sequence,
    time,
    recordedtime,
    metadata,
  }: Omit<StoredEvent, 'hash'>): RecordedEvent {
    return readAsNewest({
      type,
      data: this.#texts.parse(type, data),
      position,
      stream,
      sequence,
      time,
      recordedtime,
      metadata: this.#metadataOf(metadata),
    });
  }

  #metadataOf(text: string): EventMetadata {
    const known = this.#metadata.get(text);
    if (known) return known;
    const metadata = this.#texts.parse(METADATA, text) as EventMetadata;
    if (this.#metadata.size >= REMEMBERED) this.#metadata.clear();
    this.#metadata.set(text, metadata);
    return metadata;
  }
}
