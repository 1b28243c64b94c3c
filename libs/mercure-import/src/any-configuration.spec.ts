import { checkConfiguration, knownTagsOf } from '@waystation/domain';
import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hospital, mercureDefaults } from '../test/hospital.js';
import { importMercure } from './import-mercure.js';
import { nodesOf, pathText } from './parts/nodes-of.js';

const options = {
  timeZone: 'UTC',
  elementOf: (keyword: string) => (keyword.length % 2 === 0 ? '0018,0091' : undefined),
};
const keysOf = (records: readonly object[]): readonly string[] => [
  ...new Set(records.flatMap((record) => Object.keys(record))),
];

/** Objects with keys that mean something, whose values often do not. */
const like = (samples: readonly Readonly<Record<string, unknown>>[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...keysOf(samples)) }, { weight: 1, arbitrary: fc.string() }),
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...samples.flatMap((sample) => Object.values(sample))) },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
  );

const mixed = (samples: Readonly<Record<string, Readonly<Record<string, unknown>>>>): fc.Arbitrary<unknown> =>
  fc.dictionary(
    fc.oneof(fc.constantFrom(...Object.keys(samples)), fc.string({ unit: 'binary' })),
    fc.oneof(
      fc.constantFrom(...Object.values(samples)),
      fc
        .tuple(fc.constantFrom(...Object.values(samples)), like(Object.values(samples)))
        .map(([one, other]) => ({ ...one, ...other })),
      like(Object.values(samples)),
      fc.jsonValue(),
    ),
  );

const mercure = fc
  .tuple(
    fc.constantFrom<object>({}, mercureDefaults, hospital),
    like([mercureDefaults]),
    mixed(hospital.targets),
    mixed(hospital.rules),
    mixed(hospital.modules),
  )
  .map(([base, more, targets, rules, modules]) => ({ ...base, ...more, targets, rules, modules }));

it('whatever stands in it, becomes one that would be published, and nothing in it goes unsaid', () => {
  fc.assert(
    fc.property(mercure, (configuration) => {
      const text = JSON.stringify(configuration);
      const { document, items } = importMercure(text, options);
      expect(ConfigurationDocument.parse(document)).toEqual(document);
      const problems = checkConfiguration(document, knownTagsOf(document));
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const told = new Set(items.map(({ path }) => path));
      const leaves = nodesOf(JSON.parse(text)).filter(({ isLeaf }) => isLeaf);
      expect(leaves.map(({ path }) => pathText(path)).filter((path) => !told.has(path))).toEqual([]);
      expect(items.filter(({ reason }) => reason === '')).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('is the same each time', () => {
  fc.assert(
    fc.property(mercure, (configuration) => {
      const text = JSON.stringify(configuration);
      expect(importMercure(text, options)).toEqual(importMercure(text, options));
    }),
    { numRuns: 30 },
  );
});

it('is told of as one value where it is nested without end', () => {
  const depth = 100_000;
  const text = `{"rules": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  const { document, items } = importMercure(text, options);
  expect(document.rules).toEqual([]);
  expect(items).toHaveLength(1);
});
