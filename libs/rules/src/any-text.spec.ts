import { readFileSync } from 'node:fs';
import { CodedError } from '@waystation/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkCondition } from './check/check-condition.js';
import { parseCondition, type Condition } from './condition.js';
import { evaluateCondition } from './evaluation/evaluate-condition.js';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const { rules, facts } = read('./vectors/mercure.json') as { rules: [string][]; facts: Record<string, string> };
const { expressions } = read('./vectors/python.json') as { expressions: [string][] };

const readOrRefuse = (text: string): Condition | undefined => {
  try {
    return parseCondition(text);
  } catch (thrown) {
    if (!(thrown instanceof CodedError && thrown.code === 'rules.syntax')) throw thrown;
    expect(thrown.message).toMatch(/\(line \d+, column \d+\)\n {2}.*\n *\^$/s);
    expect(thrown.details['offset']).toBeLessThanOrEqual(text.length);
    return undefined;
  }
};

const operators = ['==', '=', '<', 'in', 'not', 'and', 'or', '|', '&', '-', '%', '**', 'is', ':', '.', ','];
const brackets = ['[', ']', '(', ')', "'", '"', '\\', '#', '@', '{'];
const operands = ['@Modality@', 'tags', '%A%', '1', '1.5', '0x', 'float', "'CT'", 'True', '😀', '\u0000', '\ud800'];
const piece = fc.constantFrom(...operators, ...brackets, ...operands, ' ', '\n');
const mistake = fc
  .tuple(
    fc.constantFrom(...[...rules, ...expressions].map(([text]) => text)),
    fc.nat(),
    fc.nat({ max: 3 }),
    fc.oneof(piece, fc.string({ maxLength: 2 })),
  )
  .map(([text, place, removed, inserted]) => {
    const from = place % (text.length + 1);
    return text.slice(0, from) + inserted + text.slice(from + removed);
  });

it.each([
  ['any characters', fc.string({ unit: 'binary', maxLength: 200 })],
  ['any pieces of conditions', fc.array(piece, { maxLength: 30 }).map((all) => all.join(''))],
  ['conditions with a mistake', mistake],
])('every text is read or refused with its place: %s', (_, text) => {
  fc.assert(
    fc.property(text, (condition) => {
      const understood = readOrRefuse(condition);
      const problems = checkCondition(condition, { knownTags: Object.keys(facts) });
      expect(problems.some(({ code }) => code === 'rules.syntax')).toBe(understood === undefined);
      if (understood) expect(evaluateCondition(understood, facts).because).not.toBe('');
    }),
    { numRuns: 1000 },
  );
});
