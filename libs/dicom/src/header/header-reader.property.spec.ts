import { hasCode } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { syntheticInstance } from '../../../testing/src/synthetic/synthetic-instance.js';
import { routingSequences } from '../dictionary/routing-sequences.js';
import type { WantedElement, ElementsByTag } from '../dictionary/routing-element.js';
import { HeaderReader, type Header } from './header-reader.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
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

/** Elements with what is to be read from them, by name. */
interface Part {
  readonly element: SyntheticElement;
  readonly facts: Readonly<Record<string, string>>;
}

const letters = fc.string({ unit: fc.constantFrom('A', 'b', '7', '-'), minLength: 1, maxLength: 12 });

const partOf = ({ keyword, tag, vr = 'LO', items }: WantedElement): fc.Arbitrary<Part> => {
  if (items === undefined) {
    return letters.map((value) => ({ element: { tag, vr, value: Buffer.from(value) }, facts: { [keyword]: value } }));
  }
  return fc.array(partsOf(items), { maxLength: 3 }).map((parts) => {
    const facts = parts.map((item, index) =>
      item.flatMap((part) =>
        Object.entries(part.facts).map(([name, value]) => [`${keyword}[${index}].${name}`, value]),
      ),
    );
    const value = parts.map((item) => item.map(({ element }) => element));
    return { element: { tag, vr: 'SQ', value }, facts: Object.fromEntries(facts.flat()) as Part['facts'] };
  });
};

/** Some of the elements, in the order of a data set. The character set of items is another test. */
const partsOf = (elements: ElementsByTag): fc.Arbitrary<readonly Part[]> => {
  const known = [...elements.values()].filter(({ tag }) => tag !== 0x00080005);
  return fc
    .subarray(known)
    .chain((some) => fc.tuple(...some.map(partOf)))
    .map((parts) => parts.toSorted((one, other) => one.element.tag - other.element.tag));
};

/** A sequence nobody asks for, with sequences of the routing header inside. */
const unwanted: fc.Arbitrary<Part> = fc.nat(6).chain((depth) =>
  fc
    .array(partsOf(new Map(routingSequences.map((sequence) => [sequence.tag, sequence]))), { maxLength: 2 })
    .map((items) => {
      let value = items.map((item) => item.map(({ element }) => element));
      for (let level = 0; level < depth; level++) value = [[{ tag: 0x00400512, vr: 'SQ', value }], []];
      return { element: { tag: 0x00091010, vr: 'SQ', value }, facts: {} };
    }),
);

describe('sequences', () => {
  it('are read the same in whatever syntax, with whatever lengths, in whatever pieces', () => {
    const top = partsOf(new Map(routingSequences.map((sequence) => [sequence.tag, sequence])));
    const syntax = fc.constantFrom(...syntaxes.slice(0, 4));
    const lengths = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(
        top,
        unwanted,
        syntax,
        lengths,
        fc.array(fc.nat(), { maxLength: 20 }),
        (parts, other, uid, has, cuts) => {
          const all = [...parts, other].toSorted((one, next) => one.element.tag - next.element.tag);
          const elements = all.map(({ element }) => element);
          const bytes = encodeDataSet(elements, uid, () => has.next().value === true);
          const header = read(cutAt(bytes, cuts), uid);
          expect(header.facts).toEqual(Object.assign({}, ...parts.map(({ facts }) => facts)));
          expect(header.warnings).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('with damage are read or refused, the same in whatever pieces', () => {
    const top = partsOf(new Map(routingSequences.map((sequence) => [sequence.tag, sequence])));
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
    const lengths = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(top, lengths, damage, fc.array(fc.nat(), { maxLength: 10 }), (parts, has, changes, places) => {
        const elements = parts.map(({ element }) => element);
        const bytes = encodeDataSet(elements, EXPLICIT, () => has.next().value === true);
        if (bytes.length === 0) return;
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expect(outcome(cutAt(bytes, places), EXPLICIT)).toEqual(outcome([bytes], EXPLICIT));
      }),
      { numRuns: 3000 },
    );
  });
});
