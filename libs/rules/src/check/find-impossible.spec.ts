import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { evaluateCondition } from '../evaluation/evaluate-condition.js';
import { findImpossible } from './find-impossible.js';

const atom = fc.constantFrom(
  "@A@ == '1'",
  "tags.A == '2'",
  "'3' == tags['A']",
  "@A@ != '1'",
  "tags.A in ('1', '2')",
  "tags.A not in {'2', '3'}",
  "tags.A.startswith('1')",
  'int(tags.A) < 2',
  'int(tags.A) > 1',
  '1 < float(tags.A) <= 2.5',
  'float(tags.A) >= 2.5',
  'len(tags.A) > 1',
  "'A' in tags",
  'exists(tags.A)',
  'tags.A == tags.B',
  'True',
  '0',
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    atom,
    fc
      .tuple(tie('condition'), fc.constantFrom('and', 'or', '|', '&'), tie('condition'))
      .map(([a, o, b]) => `(${a}) ${o} (${b})`),
    tie('condition').map((inner) => `not (${inner})`),
  ),
}));
const values = [undefined, '', '1', '2', '3', '12', '1.5', '2.5', '2.6', 'x'];
const headers = values.flatMap((A) => ['1', '2'].map((B) => ({ ...(A === undefined ? {} : { A }), B })));

it('what can never hold holds for no header', { timeout: 60_000 }, () => {
  let found = 0;
  fc.assert(
    fc.property(condition, (text) => {
      const parsed = parseCondition(text);
      if (!findImpossible(parsed.expression).some(({ severity }) => severity === 'error')) return;
      found++;
      for (const header of headers) expect(evaluateCondition(parsed, header).matched).toBe(false);
    }),
    { numRuns: 2000 },
  );
  expect(found).toBeGreaterThan(0);
});

it('what holds whatever the tag is, holds for every header that has it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(condition, (text) => {
      const parsed = parseCondition(text);
      const [finding] = findImpossible(parsed.expression);
      if (!finding?.message.startsWith('the condition holds whatever')) return;
      for (const header of headers) {
        const { matched, failed, because } = evaluateCondition(parsed, header);
        expect(matched || failed !== undefined || because.endsWith('not in the header')).toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
