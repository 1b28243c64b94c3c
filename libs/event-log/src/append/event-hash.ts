import { hash } from 'node:crypto';
import type { Instant } from '@waystation/kernel';

/** What the producer of an event knows and vouches for. */
export interface HashedEvent {
  readonly type: string;
  readonly stream: string;
  readonly time: Instant;
  /** JSON text as it is stored. */
  readonly data: string;
  /** JSON text as it is stored. */
  readonly metadata: string;
}

/**
 * The hash that is stored beside an event: SHA-256 over the UTF-8 bytes of
 *
 *     type LF stream LF time LF data LF metadata
 *
 * with LF = 0x0A, `time` as ISO 8601 in UTC with milliseconds (24 characters), and `data` and `metadata` as the exact
 * JSON text in the database. None of the five contains a line feed: JSON text from `JSON.stringify` has none, and
 * types and stream names with control characters are refused.
 *
 * @returns 32 bytes
 */
export const eventHash = ({ type, stream, time, data, metadata }: HashedEvent): Buffer =>
  hash('sha256', `${type}\n${stream}\n${time}\n${data}\n${metadata}`, 'buffer');
