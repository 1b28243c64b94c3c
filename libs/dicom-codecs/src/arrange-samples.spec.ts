import type { PixelForm } from '@waystation/dicom';
import { describe, expect, it } from 'vitest';
import { form, frame, syntax } from '../test/frames.js';
import { arrangeSamples } from './arrange-samples.js';
import type { CodeStream } from './code-stream.js';

const arrange = (samples: readonly number[], stream: Partial<CodeStream>, pixelForm: Partial<PixelForm> = {}) => {
  const whole = { columns: 2, rows: 2, components: 1, bits: 8, signed: false, planar: false, ...stream };
  const bytes = Buffer.alloc(0);
  const given = Uint8Array.from(samples);
  return [...arrangeSamples(frame(syntax.jpegLs, bytes, form(pixelForm)), { ...whole, bytes }, given)];
};

describe('arrangeSamples', () => {
  it('leaves samples that fit as they are', () => {
    expect(arrange([1, 2, 3, 4], {}, { bitsAllocated: 8 })).toEqual([1, 2, 3, 4]);
    expect(arrange([1, 2, 3, 4], { bits: 12 })).toEqual([1, 2, 3, 4]);
  });

  it('puts planes together pixel by pixel', () => {
    const colour = { components: 3, planar: true };
    expect(arrange([1, 2, 3, 4, 5, 6], colour, { bitsAllocated: 8 })).toEqual([1, 3, 5, 2, 4, 6]);
    expect(arrange([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60], { ...colour, bits: 16 })).toEqual([
      1, 10, 3, 30, 5, 50, 2, 20, 4, 40, 6, 60,
    ]);
  });

  it('widens samples, with their sign', () => {
    expect(arrange([1, 0x7f, 0x80, 0xff], {})).toEqual([1, 0, 0x7f, 0, 0x80, 0, 0xff, 0]);
    expect(arrange([1, 0x7f, 0x80, 0xff], { signed: true })).toEqual([1, 0, 0x7f, 0, 0x80, 0xff, 0xff, 0xff]);
  });

  it('packs bit maps, the first pixel lowest', () => {
    expect(arrange([1, 0, 0, 1, 1, 0, 0, 0, 1], { bits: 1 }, { bitsAllocated: 1 })).toEqual([0b00011001, 0b1]);
  });

  it.each([
    [12, 8],
    [8, 1],
    [16, 32],
  ])('refuses samples of %d bits where %d are allocated', (bits, bitsAllocated) => {
    expect(() => arrange([1, 2, 3, 4], { bits }, { bitsAllocated })).toThrow(`samples of ${bits} bits`);
  });
});
