import type { EncodedFrame } from '@waystation/dicom';
import type { CodeStream } from './code-stream.js';
import { undecodable } from './undecodable.js';

/**
 * Makes of the samples that a codec gives, of one or two bytes, what the data set says: as many bits allocated, colour
 * by pixel.
 * @throws CodedError `dicom-codecs.undecodable` where the samples do not fit
 */
export const arrangeSamples = (frame: EncodedFrame, stream: CodeStream, samples: Uint8Array): Uint8Array => {
  const { bitsAllocated } = frame.decoded;
  const byPixel = stream.planar ? interleaved(samples, stream) : samples;
  const given = stream.bits > 8 ? 16 : 8;
  if (bitsAllocated === 1 && stream.bits === 1) return packed(byPixel);
  if (bitsAllocated === given) return byPixel;
  if (bitsAllocated === 16) return widened(byPixel, stream.signed);
  throw undecodable(frame, `samples of ${stream.bits} bits, expected ${bitsAllocated} at most`);
};

const interleaved = (planes: Uint8Array, { components, bits }: CodeStream): Uint8Array => {
  const size = bits > 8 ? 2 : 1;
  const pixels = planes.length / components / size;
  const mixed = new Uint8Array(planes.length);
  for (let component = 0; component < components; component += 1) {
    for (let pixel = 0; pixel < pixels; pixel += 1) {
      const from = (component * pixels + pixel) * size;
      const to = (pixel * components + component) * size;
      mixed[to] = planes[from] ?? 0;
      if (size === 2) mixed[to + 1] = planes[from + 1] ?? 0;
    }
  }
  return mixed;
};

const widened = (samples: Uint8Array, signed: boolean): Uint8Array => {
  const wide = new Uint8Array(samples.length * 2);
  for (const [index, sample] of samples.entries()) {
    wide[2 * index] = sample;
    if (signed && sample >= 0x80) wide[2 * index + 1] = 0xff;
  }
  return wide;
};

/** Eight pixels a byte, the first one lowest (PS3.5 8.1.1). */
const packed = (samples: Uint8Array): Uint8Array => {
  const bits = new Uint8Array(Math.ceil(samples.length / 8));
  for (const [index, sample] of samples.entries()) {
    if (sample !== 0) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  }
  return bits;
};
