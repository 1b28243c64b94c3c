import type { SyntheticElement } from '../../testing/src/synthetic/synthetic-element.js';

/** Bytes by their hexadecimal digits; spaces between them mean nothing. */
export const hex = (digits: string): Buffer => Buffer.from(digits.replaceAll(/\s/g, ''), 'hex');

/** An element whose value is text, one byte a character. */
export const text = (tag: number, vr: SyntheticElement['vr'], value: string): SyntheticElement => ({
  tag,
  vr,
  value: Buffer.from(value, 'latin1'),
});

export const modality = text(0x00080060, 'CS', 'CT');
export const name = text(0x00100010, 'PN', 'Doe^Jane');
export const rows: SyntheticElement = { tag: 0x00280010, vr: 'US', value: 512 };
export const pixels: SyntheticElement = { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(32, 0xab) };
