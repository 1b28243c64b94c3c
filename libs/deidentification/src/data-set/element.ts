import type { Encoding, Vr } from '@waystation/dicom';

/** Elements of a data set, or of an item of a sequence. */
export type Elements = readonly Element[];

/** The value of an element in bytes, as it stood in the data set. */
export interface ValueElement {
  readonly kind: 'value';
  readonly tag: number;
  readonly vr: Vr;
  readonly value: Buffer;
  /** How the value was written. */
  readonly encoding: Encoding;
}

export interface SequenceElement {
  readonly kind: 'sequence';
  readonly tag: number;
  readonly vr: 'SQ';
  readonly items: readonly Elements[];
}

/** Encapsulated pixel data inside an item, for example of an icon (PS3.5 A.4). */
export interface FragmentsElement {
  readonly kind: 'fragments';
  readonly tag: number;
  readonly vr: 'OB';
  readonly fragments: readonly Buffer[];
}

export type Element = ValueElement | SequenceElement | FragmentsElement;
