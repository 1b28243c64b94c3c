import { hasCode } from '@waystation/kernel';
import { randomBytes } from 'node:crypto';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { modality, name } from '../../test/elements.js';
import type { HeaderLimits } from './header-limits.js';
import { HeaderReader, type Header } from './header-reader.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const blob = (tag: number, bytes: number): SyntheticElement => ({ tag, vr: 'OB', value: randomBytes(bytes) });
const pixels = (bytes: number): SyntheticElement => ({ tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(bytes) });

const read = (bytes: Buffer, limits: Partial<HeaderLimits> = {}, pieceLength = bytes.length): Header => {
  const reader = new HeaderReader(DEFLATED, limits);
  for (let at = 0; at < bytes.length; at += pieceLength) reader.push(bytes.subarray(at, at + pieceLength));
  return reader.end();
};
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    const codes = ['dicom.malformed', 'dicom.truncated', 'dicom.limit-exceeded'];
    return codes.find((code) => hasCode(error, code)) ?? String(error);
  }
  return 'nothing was thrown';
};
const deflated = (...elements: SyntheticElement[]): Buffer => deflateRawSync(encodeDataSet(elements, EXPLICIT));

describe('a deflated data set', () => {
  it('is read in whatever pieces, though its header takes several attempts', () => {
    const bytes = deflated(modality, blob(0x00091001, 50_000), name, pixels(1000));
    for (const pieceLength of [1, 100, 4096, 5000, bytes.length]) {
      expect(read(bytes, {}, pieceLength).facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
    }
  });

  it('is read with the header of zlib too', () => {
    expect(read(deflateSync(encodeDataSet([modality], EXPLICIT))).facts).toEqual({ Modality: 'CT' });
  });

  it('is not inflated behind its header, bomb or not', () => {
    const bomb = deflated(modality, name, pixels(64 * 1024 * 1024));
    expect(read(bomb, { inflatedBytes: 8 * 1024 * 1024 }).facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
  });

  it('that is a bomb before its header ends is refused', () => {
    const bomb = deflated(modality, { ...pixels(16 * 1024 * 1024), tag: 0x00091001 }, name);
    expect(codeOf(() => read(bomb, { inflatedBytes: 1024 * 1024 }))).toBe('dicom.limit-exceeded');
  });

  it('whose header takes too many bytes is refused', () => {
    const bytes = deflated(modality, blob(0x00091001, 100_000), name);
    expect(codeOf(() => read(bytes, { deflatedBytes: 64 * 1024 }))).toBe('dicom.limit-exceeded');
    expect(codeOf(() => read(bytes, { deflatedBytes: 1024 }))).toBe('dicom.limit-exceeded');
  });

  it('whose private elements take too many bytes is read up to there, with a warning', () => {
    const behind: SyntheticElement = { tag: 0x00600010, vr: 'LO', value: Buffer.from('behind the routing header') };
    const bytes = deflated(modality, name, behind, blob(0x00691001, 100_000), pixels(1000));
    for (const limits of [{ deflatedBytes: 64 * 1024 }, { inflatedBytes: 64 * 1024 }]) {
      const header = read(bytes, limits);
      expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
      expect(header.warnings.map(({ code }) => code)).toEqual(['dicom.value-left-out']);
    }
  });

  it('that is cut in its header is truncated', () => {
    const bytes = deflated(modality, name);
    for (let end = 1; end < bytes.length; end++)
      expect(codeOf(() => read(bytes.subarray(0, end)))).toBe('dicom.truncated');
  });

  it('that is noise is malformed', () => {
    expect(codeOf(() => read(Buffer.alloc(100, 0xff)))).toBe('dicom.malformed');
  });
});
