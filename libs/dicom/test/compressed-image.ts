import type { SyntheticElement } from '../../testing/src/synthetic/synthetic-element.js';
import type { DecodeFrame, EncodedFrame } from '../src/transcode/pixel-decoding.js';
import { text } from './elements.js';

/** What an image says of its pixels. */
export interface Image {
  readonly photometric: string;
  readonly samples: number;
  readonly planar?: number;
  readonly frames?: number;
  readonly size?: readonly [rows: number, columns: number];
  readonly bits?: number;
  readonly lossy?: string;
}

const number = (tag: number, value: number): SyntheticElement => ({ tag, vr: 'US', value });

/** Pixels as they stand in a data set. */
export const pixelData = (value: Buffer, vr: SyntheticElement['vr'] = 'OB'): SyntheticElement => ({
  tag: 0x7fe00010,
  vr,
  value,
});

/** The elements of an image. */
export const image = (
  { photometric, samples, planar, frames, size = [2, 2], bits = 8, lossy }: Image,
  pixels: SyntheticElement,
): SyntheticElement[] => [
  text(0x00080060, 'CS', 'OT'),
  number(0x00280002, samples),
  text(0x00280004, 'CS', photometric),
  ...(planar === undefined ? [] : [number(0x00280006, planar)]),
  ...(frames === undefined ? [] : [text(0x00280008, 'IS', String(frames))]),
  number(0x00280010, size[0]),
  number(0x00280011, size[1]),
  number(0x00280100, bits),
  number(0x00280101, bits),
  number(0x00280103, 0),
  ...(lossy === undefined ? [] : [text(0x00282110, 'CS', lossy)]),
  pixels,
];

/** A decoder that gives what it is told to, and remembers what it was asked. */
export const giving = (
  ...frames: readonly Buffer[]
): { readonly asked: EncodedFrame[]; readonly decodeFrame: DecodeFrame } => {
  const asked: EncodedFrame[] = [];
  const decodeFrame: DecodeFrame = (frame) => {
    asked.push(frame);
    return Promise.resolve(frames[frame.number - 1] ?? Buffer.alloc(0));
  };
  return { asked, decodeFrame };
};

/** A frame as it is kept; nobody looks into it. */
export const stored = Buffer.from('the frame.');
