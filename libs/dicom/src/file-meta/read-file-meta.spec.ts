import { hasCode } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFileMeta } from './encode-file-meta.js';
import { readFileMeta } from './read-file-meta.js';

const uids = {
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: '1.2.3.4',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
};
const dataSet = Buffer.from('08000500435300000', 'hex');
const file = Buffer.concat([encodeFileMeta(uids), dataSet]);
const metaLength = file.length - dataSet.length;
const GROUP_LENGTH_VALUE = 132 + 8;

const withGroupLength = (length: number): Buffer => {
  const changed = Buffer.from(file);
  changed.writeUInt32LE(length, GROUP_LENGTH_VALUE);
  return changed;
};
const withoutBytes = (start: number, end: number): Buffer =>
  Buffer.concat([file.subarray(0, start), file.subarray(end)]);
const codeOf = (bytes: Buffer): string | undefined => {
  try {
    readFileMeta(bytes);
    return undefined;
  } catch (error) {
    return ['dicom.not-a-file', 'dicom.truncated', 'dicom.malformed'].find((code) => hasCode(error, code));
  }
};

describe('file meta information', () => {
  it('reads what was written', () => {
    expect(readFileMeta(file)).toEqual({ ...uids, dataSetOffset: metaLength });
  });

  it('does not care for a wrong group length', () => {
    for (const length of [0, 1, 7, 0xffffffff]) {
      expect(readFileMeta(withGroupLength(length))).toEqual({ ...uids, dataSetOffset: metaLength });
    }
  });

  it('does not care for a missing group length', () => {
    expect(readFileMeta(withoutBytes(132, 144))).toEqual({ ...uids, dataSetOffset: metaLength - 12 });
  });

  it('does not care for a missing preamble', () => {
    expect(readFileMeta(withoutBytes(0, 128)).dataSetOffset).toBe(metaLength - 128);
    expect(readFileMeta(withoutBytes(0, 132)).dataSetOffset).toBe(metaLength - 132);
  });

  it('ends where its group length says, even if the data set begins with group 2', () => {
    const stray = Buffer.concat([file.subarray(0, metaLength), Buffer.from('020010005549020031000800', 'hex')]);
    expect(readFileMeta(stray)).toEqual({ ...uids, dataSetOffset: metaLength });
  });

  it('refuses what is no Part 10 file', () => {
    expect(codeOf(Buffer.alloc(0))).toBe('dicom.not-a-file');
    expect(codeOf(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toBe('dicom.not-a-file');
  });

  it('refuses a file without transfer syntax', () => {
    expect(codeOf(encodeFileMeta({ ...uids, transferSyntaxUid: '' }))).toBe('dicom.malformed');
    expect(codeOf(file.subarray(0, 132))).toBe('dicom.malformed');
  });

  it('refuses one that is cut, wherever', () => {
    for (let end = 145; end < metaLength; end++) {
      const code = codeOf(file.subarray(0, end));
      expect(code === undefined || code === 'dicom.truncated' || code === 'dicom.malformed').toBe(true);
    }
    expect(codeOf(file.subarray(0, metaLength - 1))).toBe('dicom.truncated');
  });

  it('reads or refuses whatever bytes come, and nothing else', () => {
    const mutation = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(mutation, (changes) => {
        const bytes = Buffer.from(file);
        for (const [at, value] of changes) bytes[at] = value;
        const code = codeOf(bytes);
        if (code === undefined) expect(readFileMeta(bytes).dataSetOffset).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});
