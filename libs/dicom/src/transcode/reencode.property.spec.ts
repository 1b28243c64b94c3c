import { hasCode } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { rewrite, syntax } from '../../test/rewrite.js';
import { dictionary } from '../dictionary/dictionary-table.js';
import { elementVr } from '../dictionary/element-vr.js';

const known = [...dictionary.values()]
  .flatMap((lines) => lines.flatMap((line) => [...line.matchAll(/(\w{4}):((?: \w{4})+)/g)]))
  .flatMap(([, group = '', elements = '']) =>
    elements
      .trim()
      .split(' ')
      .map((element) => Number(`0x${group}${element}`)),
  )
  // Pixel data has a form of its own, and directories of media point at bytes.
  .filter((tag) => tag >>> 16 > 0x0004 && tag >>> 16 !== 0x7fe0);

const even = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes.slice(0, bytes.length & ~1)));
const inOrder = (elements: readonly SyntheticElement[]): readonly SyntheticElement[] =>
  [...new Map(elements.map((element) => [element.tag, element])).values()].toSorted((a, b) => a.tag - b.tag);

const [sequenceTags, valueTags] = [true, false].map((isSequence) =>
  known.filter((tag) => (elementVr(tag, false) === 'SQ') === isSequence),
) as [number[], number[]];

const value = fc
  .record({ tag: fc.constantFrom(...valueTags), value: even })
  .map((element): SyntheticElement => ({ ...element, vr: elementVr(element.tag, false) ?? 'UN' }));
const privateValue = fc
  .record({
    group: fc.constantFrom(0x0009, 0x0029, 0x7fe1),
    element: fc.integer({ min: 0x1000, max: 0x10ff }),
    value: even,
  })
  .map(({ group, element, ...rest }): SyntheticElement => ({ ...rest, tag: group * 0x10000 + element, vr: 'UN' }));
const dataSetOf = (depth: number): fc.Arbitrary<readonly SyntheticElement[]> => {
  if (depth === 0) return fc.array(fc.oneof(value, privateValue), { maxLength: 8 }).map(inOrder);
  const sequence = fc
    .record({ tag: fc.constantFrom(...sequenceTags), value: fc.array(dataSetOf(depth - 1), { maxLength: 3 }) })
    .map((element): SyntheticElement => ({ ...element, vr: 'SQ' }));
  return fc.array(fc.oneof(value, privateValue, sequence), { maxLength: 8 }).map(inOrder);
};
// A data set that is sent begins with group 0008: how it is written is told from that.
const modality: SyntheticElement = { tag: 0x00080060, vr: 'CS', value: Buffer.from('CT') };
const canonical = dataSetOf(3).map((elements) =>
  inOrder([modality, ...elements]).filter(({ tag }) => tag >= modality.tag),
);
const cuts = fc.array(fc.nat(), { maxLength: 20 });

const roundTrips = [
  ['implicit', 'explicit'],
  ['implicit', 'bigEndian'],
  ['implicit', 'deflated'],
  ['explicit', 'implicit'],
  ['explicit', 'bigEndian'],
  ['bigEndian', 'explicit'],
  ['bigEndian', 'implicit'],
] as const;

describe('a data set', () => {
  it.each(roundTrips)('in %s that goes through %s is the same, byte by byte', async (one, other) => {
    const [from, to] = [syntax[one], syntax[other]];
    await fc.assert(
      fc.asyncProperty(canonical, cuts, async (elements, places) => {
        const dataSet = encodeDataSet(elements, from);
        const there = await rewrite(dataSet, { from, to, cuts: places });
        expect(await rewrite(there, { from: to, to: from, cuts: places })).toEqual(dataSet);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same in explicit as if it had been written so', async () => {
    await fc.assert(
      fc.asyncProperty(canonical, async (elements) => {
        const written = await rewrite(encodeDataSet(elements, syntax.implicit), {
          from: syntax.implicit,
          to: syntax.explicit,
        });
        expect(written).toEqual(encodeDataSet(elements, syntax.explicit));
      }),
      { numRuns: 300 },
    );
  });

  it('of any bytes at all is written anew or refused with a reason', async () => {
    const syntaxes = fc.constantFrom(syntax.implicit, syntax.explicit, syntax.bigEndian, syntax.deflated, syntax.rle);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((random) => Buffer.from(random)),
      fc.tuple(canonical, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 })).map(([elements, changes]) => {
        const dataSet = encodeDataSet(elements, syntax.explicit);
        for (const [at, byte] of changes) if (dataSet.length > 0) dataSet[at % dataSet.length] = byte;
        return dataSet;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, syntaxes, cuts, async (dataSet, from, places) => {
        try {
          await rewrite(dataSet, {
            from,
            to: syntax.implicit,
            cuts: places,
            decodeFrame: () => Promise.resolve(Buffer.alloc(2)),
          });
        } catch (error) {
          const codes = ['dicom.malformed', 'dicom.truncated', 'dicom.limit-exceeded'];
          if (!codes.some((code) => hasCode(error, code))) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
