import { Rule } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyFacts, expression, ruleNames } from '../test/expressions.js';
import { compileRules } from './compile-rules.js';
import { printExpression } from './syntax/print-expression.js';

const rule = (name: string, condition: string, more: object = {}): Rule =>
  Rule.parse({ name, condition, action: 'route', targets: ['archive'], ...more });

const usual = fc.constantFrom(
  "@Modality@ == 'MR'",
  "tags.modality in ('MR', 'M')",
  "'M' in tags['Modality']",
  'float(@SliceThickness@) < 5',
  'int(tags.SliceThickness) > 3',
  "'Missing' in tags",
  "'ProcedureCodeSequence' in tags",
  'exists(tags.Empty)',
  '@Empty@',
  'tags.Modality == tags.ImageType',
  "any_instance(@Modality@ == 'MR')",
  'series.count > 1',
  'rule("one")',
  'rule("two")',
  'True',
  "''",
);
const { condition: joined } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    usual,
    {
      weight: 3,
      arbitrary: fc
        .tuple(tie('condition'), fc.constantFrom('and', 'or', '|', '&'), tie('condition'))
        .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    },
    tie('condition').map((inner) => `not (${inner})`),
  ),
}));
const conditions = fc.array(fc.oneof(joined, expression.map(printExpression), fc.constant('not read (')), {
  minLength: 3,
  maxLength: 3,
});
const ruleSets = conditions.chain((texts) =>
  fc
    .tuple(
      ...texts.map((condition, index) =>
        fc.record({
          name: fc.constant(ruleNames[index] ?? ''),
          condition: fc.constant(condition),
          fallback: fc.boolean(),
          disabled: fc.integer({ max: 8, min: 0 }).map((dice) => dice === 0),
          calledAeTitles: fc.constantFrom([], [], ['AE1']),
        }),
      ),
    )
    .map((rules) => rules.map(({ name, condition, ...more }) => rule(name, condition, more))),
);
const subjects = fc.array(
  fc.record({
    facts: anyFacts,
    instances: fc.array(anyFacts, { maxLength: 3 }),
    calledAeTitle: fc.constantFrom('AE1', 'AE2'),
  }),
  { minLength: 1, maxLength: 4 },
);
const runs = { numRuns: 250 };

describe('for all rules and subjects', { timeout: 60_000 }, () => {
  it('the fast decision is the explained one', () => {
    fc.assert(
      fc.property(ruleSets, subjects, fc.constantFrom(10_000, 30, 6, 1), (rules, all, steps) => {
        const compiled = compileRules(rules, { steps });
        for (const subject of [...all, ...all]) {
          const { verdicts, ...decision } = compiled.explain(subject);
          expect(compiled.decide(subject)).toEqual(decision);
          expect(verdicts).toHaveLength(rules.length);
        }
      }),
      runs,
    );
  });

  it('a condition that joins more than there are steps is decided as it is explained', () => {
    const compiled = compileRules([rule('three', '(True) or (series.count > 1)')], { steps: 1 });
    const subject = { facts: {}, instances: [], calledAeTitle: 'AE1' };
    expect(compiled.explain(subject)).toMatchObject({ outcome: 'unmatched', verdicts: [{ verdict: 'failed' }] });
    expect(compiled.decide(subject).outcome).toBe('unmatched');
  });

  it('what was decided before makes no difference', () => {
    fc.assert(
      fc.property(ruleSets, subjects, (rules, all) => {
        const used = compileRules(rules);
        for (const subject of all) used.decide(subject);
        for (const subject of all) expect(used.decide(subject)).toEqual(compileRules(rules).decide(subject));
      }),
      runs,
    );
  });

  it('neither the order of the instances nor of the facts makes a difference', () => {
    fc.assert(
      fc.property(ruleSets, subjects, (rules, all) => {
        const compiled = compileRules(rules);
        for (const { facts, instances, ...subject } of all) {
          const turned = Object.fromEntries(Object.entries(facts).toReversed());
          const other = { ...subject, facts: turned, instances: instances.toReversed() };
          expect(compiled.explain(other)).toEqual(compiled.explain({ ...subject, facts, instances }));
          expect(compiled.decide(other)).toEqual(compiled.decide({ ...subject, facts, instances }));
        }
      }),
      runs,
    );
  });

  it('the order of the rules makes no difference to which match', () => {
    fc.assert(
      fc.property(ruleSets, subjects, (rules, all) => {
        const ordinary = rules.map((one) => ({ ...one, fallback: false }));
        const [inOrder, turned] = [compileRules(ordinary), compileRules(ordinary.toReversed())];
        for (const subject of all)
          expect(turned.decide(subject).matched.toReversed()).toEqual(inOrder.decide(subject).matched);
      }),
      runs,
    );
  });
});
