import type { Vr } from '../dictionary/value-representations.js';
import type { Decoding } from './decoded-image.js';
import {
  LOSSY_IMAGE_COMPRESSION,
  PHOTOMETRIC_INTERPRETATION,
  PLANAR_CONFIGURATION,
  type ImageAttributes,
} from './image-attributes.js';

/** An element in the little endian form of its value. */
export interface NewElement {
  readonly tag: number;
  readonly vr: Vr;
  readonly value: Buffer;
}

const text = (value: string): Buffer => Buffer.from(value.length % 2 === 0 ? value : `${value} `, 'latin1');
const lossy: NewElement = { tag: LOSSY_IMAGE_COMPRESSION, vr: 'CS', value: text('01') };
const byPixel: NewElement = { tag: PLANAR_CONFIGURATION, vr: 'US', value: Buffer.alloc(2) };

/**
 * What a data set has to say otherwise when its pixel data is decoded: how colour is told, and that what was compressed
 * with loss stays marked so, where nobody had marked it (PS3.3 C.7.6.1.1.5).
 */
export class Amendments {
  private passed = -1;

  constructor(
    private readonly decoding: Decoding,
    private readonly attributes: ImageAttributes,
  ) {}

  /** New elements that belong in front of this one. Tags come in ascending order. */
  before(tag: number): readonly NewElement[] {
    const due = this.additions().filter((element) => element.tag > this.passed && element.tag < tag);
    this.passed = Math.max(this.passed, tag);
    return due;
  }

  /** What stands in place of an element; undefined where it stays as it is. */
  insteadOf(tag: number): NewElement | undefined {
    if (tag !== PHOTOMETRIC_INTERPRETATION) return this.additions().find((element) => element.tag === tag);
    const encoded = this.attributes.photometricInterpretation;
    const decoded = this.decoding.photometricInterpretation(encoded);
    return decoded === encoded ? undefined : { tag, vr: 'CS', value: text(decoded) };
  }

  private additions(): readonly NewElement[] {
    const samples = this.attributes.number('samplesPerPixel');
    if (samples === undefined) return [];
    return [...(this.decoding.interleaves && samples > 1 ? [byPixel] : []), ...(this.decoding.lossy ? [lossy] : [])];
  }
}
