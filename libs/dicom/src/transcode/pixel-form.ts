import { CodedError } from '@waystation/kernel';
import type { ImageAttributes, ImageNumber } from './image-attributes.js';

/** What the pixels of one image are, PS3.3 C.7.6.3. */
export interface PixelForm {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  /** 1, or a multiple of 8. */
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly photometricInterpretation: string;
  /** Colour by plane: all samples of one colour, then those of the next. Otherwise colour by pixel. */
  readonly planar: boolean;
  readonly frames: number;
}

const LARGEST_US = 0xffff;
const LARGEST_IS = 0x7fffffff;

/** @throws `dicom.malformed` where something is not said or makes no sense */
export const pixelFormOf = (attributes: ImageAttributes): PixelForm => {
  const positive = (name: ImageNumber, otherwise?: number): number => {
    const value = attributes.number(name) ?? otherwise;
    const largest = name === 'numberOfFrames' ? LARGEST_IS : LARGEST_US;
    if (value === undefined || !(value >= 1 && value <= largest)) throw meaningless(name, value);
    return value;
  };
  const bitsAllocated = positive('bitsAllocated');
  if (bitsAllocated !== 1 && bitsAllocated % 8 !== 0) throw meaningless('bitsAllocated', bitsAllocated);
  return {
    rows: positive('rows'),
    columns: positive('columns'),
    samplesPerPixel: positive('samplesPerPixel', 1),
    bitsAllocated,
    bitsStored: positive('bitsStored', bitsAllocated),
    signed: attributes.signed,
    photometricInterpretation: attributes.photometricInterpretation,
    planar: attributes.number('planarConfiguration') === 1,
    frames: positive('numberOfFrames', 1),
  };
};

const meaningless = (name: ImageNumber, value: number | undefined): CodedError =>
  new CodedError('dicom.malformed', `pixel data cannot be decoded: ${name} is ${value ?? 'not there'}`);

/** Bits of one frame that is not compressed. In YBR_FULL_422 two pixels share their colour (PS3.3 C.7.6.3.1.2). */
export const frameBits = (form: PixelForm): number => {
  const shared = form.photometricInterpretation === 'YBR_FULL_422' && form.samplesPerPixel === 3;
  return form.rows * form.columns * (shared ? 2 : form.samplesPerPixel) * form.bitsAllocated;
};

/** Bytes of one frame that is not compressed, by itself. */
export const frameBytes = (form: PixelForm): number => Math.ceil(frameBits(form) / 8);
