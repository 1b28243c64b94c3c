import type { Vr } from '@waystation/dicom';

/** One element of a data set to be written. */
export interface SyntheticElement {
  /** `ggggeeee` as a number. */
  readonly tag: number;
  readonly vr: Vr;
  /** The bytes of the value, a number of 16 bits, or the items of a sequence. */
  readonly value: Buffer | number | readonly (readonly SyntheticElement[])[];
}
