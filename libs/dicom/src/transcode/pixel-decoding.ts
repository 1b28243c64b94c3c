import { CodedError } from '@waystation/kernel';
import { UNDEFINED_LENGTH } from '../header/element-header.js';
import type { Encoding } from '../header/encoding.js';
import { BitJoiner } from './bit-joiner.js';
import { reversed } from './byte-order.js';
import type { ByteSource } from './byte-source.js';
import type { Decoding } from './decoded-image.js';
import { encodeElementHeader } from './encode-element-header.js';
import type { ImageAttributes } from './image-attributes.js';
import { frameBits, frameBytes, pixelFormOf, type PixelForm } from './pixel-form.js';
import { readFrames } from './read-frames.js';

const PIXEL_DATA = 0x7fe00010;

/** One compressed frame. */
export interface EncodedFrame {
  readonly transferSyntaxUid: string;
  readonly bytes: Buffer;
  /** Number of the frame, the first is 1. */
  readonly number: number;
  /** As the data set describes it. */
  readonly encoded: PixelForm;
  /** As it has to come out. */
  readonly decoded: PixelForm;
}

/**
 * Decodes one frame to `frameBytes(decoded)` bytes, little endian, without loss beyond that of the compression.
 * @throws CodedError where it cannot
 */
export type DecodeFrame = (frame: EncodedFrame) => Promise<Uint8Array>;

/** Writes pixel data natively that comes encapsulated (PS3.5 8.2 and A.4), frame by frame. */
export class PixelDecoding {
  constructor(
    private readonly transferSyntaxUid: string,
    readonly decoding: Decoding,
    private readonly decodeFrame: DecodeFrame,
    private readonly longestFrame: number,
  ) {}

  /**
   * The pixel data element.
   * @param amended whether the attributes are written as those of the decoded image
   * @throws `dicom.malformed`, `dicom.limit-exceeded`, and what the decoder of frames throws
   */
  async *decode(
    source: ByteSource,
    attributes: ImageAttributes,
    to: Encoding,
    amended: boolean,
  ): AsyncGenerator<Buffer> {
    const encoded = pixelFormOf(attributes);
    const decoded = this.decodedForm(encoded);
    if (
      !amended &&
      (decoded.planar !== encoded.planar || decoded.photometricInterpretation !== encoded.photometricInterpretation)
    ) {
      throw new CodedError(
        'dicom.malformed',
        `pixel data inside a sequence is compressed ${encoded.photometricInterpretation}, expected no colour`,
      );
    }
    const bits = frameBits(decoded);
    const length = Math.ceil((bits * decoded.frames) / 8);
    this.checkSizes(frameBytes(decoded), length);
    const wide = decoded.bitsAllocated > 8;
    yield encodeElementHeader(PIXEL_DATA, wide ? 'OW' : 'OB', length + (length % 2), to);
    const joiner = new BitJoiner();
    let number = 0;
    for await (const bytes of readFrames(source, decoded.frames, this.longestFrame)) {
      number += 1;
      const pixels = await this.frame({ transferSyntaxUid: this.transferSyntaxUid, bytes, number, encoded, decoded });
      const whole = joiner.add(pixels, bits);
      yield wide && to.bigEndian ? reversed(whole, 2) : whole;
    }
    yield joiner.end();
    if (length % 2 === 1) yield Buffer.alloc(1);
  }

  private async frame(frame: EncodedFrame): Promise<Buffer> {
    const pixels = await this.decodeFrame(frame);
    const expected = frameBytes(frame.decoded);
    if (pixels.length === expected) return Buffer.from(pixels.buffer, pixels.byteOffset, pixels.length);
    throw new CodedError(
      'dicom.malformed',
      `frame ${frame.number} decodes to ${pixels.length} bytes, expected ${expected}`,
    );
  }

  private decodedForm(encoded: PixelForm): PixelForm {
    return {
      ...encoded,
      photometricInterpretation: this.decoding.photometricInterpretation(encoded.photometricInterpretation),
      planar: encoded.planar && encoded.samplesPerPixel > 1 && !this.decoding.interleaves,
    };
  }

  private checkSizes(frame: number, whole: number): void {
    if (frame > this.longestFrame) {
      throw new CodedError('dicom.limit-exceeded', `frame of ${frame} bytes, expected at most ${this.longestFrame}`);
    }
    if (whole + 1 >= UNDEFINED_LENGTH) {
      throw new CodedError('dicom.limit-exceeded', `pixel data of ${whole} bytes, which no element can hold`);
    }
  }
}
