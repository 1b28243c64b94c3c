import { hasCode } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticInstance } from '../../../testing/src/synthetic/synthetic-instance.js';
import { HeaderReader, type Header } from './header-reader.js';

const syntaxes = [
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
  '1.2.840.10008.1.2.4.50',
];
const objects = syntaxes.map((transferSyntax) =>
  syntheticInstance({ seed: 'properties', transferSyntax, charset: 'ISO_IR 192', patientName: '山田^太郎' }),
);
const object = fc.constantFrom(...objects);

const read = (pieces: readonly Buffer[], transferSyntaxUid: string): Header => {
  const reader = new HeaderReader(transferSyntaxUid, { inflatedBytes: 1024 * 1024 });
  for (const piece of pieces) reader.push(piece);
  return reader.end();
};

/** The header, or the code of the refusal; any other error passes through. */
const outcome = (pieces: readonly Buffer[], transferSyntaxUid: string): Header | string => {
  try {
    return read(pieces, transferSyntaxUid);
  } catch (error) {
    const codes = ['dicom.malformed', 'dicom.truncated', 'dicom.limit-exceeded'];
    const code = codes.find((each) => hasCode(error, each));
    if (code === undefined) throw error;
    return code;
  }
};

const cutAt = (bytes: Buffer, cuts: readonly number[]): readonly Buffer[] => {
  const places = [0, ...cuts.map((cut) => cut % bytes.length).toSorted((one, other) => one - other), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
};

describe('a header reader', () => {
  it('reads the same whatever pieces a data set comes in', () => {
    fc.assert(
      fc.property(object, fc.array(fc.nat(), { maxLength: 40 }), ({ dataSet, transferSyntaxUid }, cuts) => {
        const whole = read([dataSet], transferSyntaxUid);
        expect(whole.facts['PatientName']).toBe('山田^太郎');
        expect(read(cutAt(dataSet, cuts), transferSyntaxUid)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('reads the same byte by byte', () => {
    for (const { dataSet, transferSyntaxUid } of objects) {
      const bytes = Array.from({ length: dataSet.length }, (_, at) => dataSet.subarray(at, at + 1));
      expect(read(bytes, transferSyntaxUid)).toEqual(read([dataSet], transferSyntaxUid));
    }
  });

  it('does not keep a piece: the caller may use its memory again', () => {
    for (const { dataSet, transferSyntaxUid } of objects) {
      const reader = new HeaderReader(transferSyntaxUid);
      const memory = Buffer.alloc(100);
      for (let at = 0; at < dataSet.length; at += memory.length) {
        const length = dataSet.copy(memory, 0, at, at + memory.length);
        reader.push(memory.subarray(0, length));
        memory.fill(0xff);
      }
      expect(reader.end()).toEqual(read([dataSet], transferSyntaxUid));
    }
  });

  it('reads or refuses a damaged data set, the same in whatever pieces', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 10 });
    const cuts = fc.array(fc.nat(), { maxLength: 10 });
    fc.assert(
      fc.property(object, damage, cuts, fc.nat(), ({ dataSet, transferSyntaxUid }, changes, places, length) => {
        const bytes = Buffer.from(dataSet.subarray(0, 1 + (length % (dataSet.length * 2))));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expect(outcome(cutAt(bytes, places), transferSyntaxUid)).toEqual(outcome([bytes], transferSyntaxUid));
      }),
      { numRuns: 3000 },
    );
  });

  it('reads or refuses noise, keeping no more than its limits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), fc.constantFrom(...syntaxes), (noise, syntax) => {
        const result = outcome([Buffer.from(noise)], syntax);
        if (typeof result !== 'string') expect(JSON.stringify(result).length).toBeLessThan(64 * 1024);
      }),
      { numRuns: 2000 },
    );
  });
});
