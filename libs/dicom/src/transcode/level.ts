import type { Encoding } from '../header/encoding.js';
import type { Amendments } from './amendments.js';
import type { ImageAttributes } from './image-attributes.js';

/** The data set, or a sequence or item in it that is open (PS3.5 7.5). */
export interface Level {
  readonly kind: 'data set' | 'sequence' | 'item';
  /** Byte of the source where it ends; undefined where a delimiter or the end of the data set does. */
  readonly end: number | undefined;
  /** How it is written. Found out at its first element. */
  from: Encoding | undefined;
  /** How it is to be written where nothing else is found. */
  readonly declared: Encoding;
  /** How it is written anew. */
  readonly to: Encoding;
  readonly attributes: ImageAttributes;
  readonly amendments: Amendments | undefined;
}
