import { readFileSync } from 'node:fs';
import { hasCode } from '@waystation/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasListedSeries, missingSeries, parseListedSeries } from './listed-series.js';

type Answer = 'complete' | 'incomplete' | 'refused';
interface Vectors {
  readonly vectors: readonly (readonly [expression: string, descriptions: readonly string[], answer: Answer])[];
}

const { vectors } = JSON.parse(readFileSync(new URL('./listed-series.json', import.meta.url), 'utf8')) as Vectors;

const answerTo = (text: string, descriptions: readonly string[]): Answer => {
  try {
    return hasListedSeries(parseListedSeries(text), descriptions) ? 'complete' : 'incomplete';
  } catch (error) {
    if (hasCode(error, 'rules.listed-series-syntax')) return 'refused';
    throw error;
  }
};

const messageFor = (text: string): string => {
  try {
    parseListedSeries(text);
  } catch (error) {
    if (hasCode(error, 'rules.listed-series-syntax')) return (error as Error).message;
    throw error;
  }
  return 'no problem';
};

describe('listed series', () => {
  it.each(vectors)('%s of %j is %s, as for mercure', (expression, descriptions, answer) => {
    expect(answerTo(expression, descriptions)).toBe(answer);
  });

  it.each([
    ["'T1' or 'T2' and 'T3'", ['T1'], 'complete'],
    ["('T1' or 'T2') and 'T3'", ['T1'], 'incomplete'],
    ['"Müller\'s T1"', ["MÜLLER'S t1 axial"], 'complete'],
    ["'T1' AND 'T2' Or 'T3'", ['t3'], 'complete'],
    ["((('T1')))", ['T1'], 'complete'],
    ["'T1'\n  and\t'T2'", ['T1', 'T2'], 'complete'],
  ] as const)('%s of %j is %s', (expression, descriptions, answer) => {
    expect(answerTo(expression, descriptions)).toBe(answer);
  });

  it.each([
    ['   ', 'nothing is listed', 1, 1],
    ["'T1' and", 'the list ends where a series in quotes belongs', 1, 9],
    ["'T1' 'T2'", 'and, or or the end belongs here', 1, 6],
    ["'T1' and\n('T2' or 'T3'", 'this ( has no closing )', 2, 1],
    ["'T1')", 'this ) closes nothing', 1, 5],
    ["'T1", "this text has no closing '", 1, 1],
    ["'T1' and ''", 'an empty text is part of every description', 1, 10],
    ["T1 and 'T2'", 'a series in quotes belongs here', 1, 1],
    ["'T1' and not 'T2'", 'a series can be asked for, but not its absence', 1, 10],
    ["'T1', 'T2'", 'a comma says neither and nor or', 1, 5],
  ])('%j is refused: %s, line %i, column %i', (text, sentence, line, column) => {
    const message = messageFor(text);
    expect(message).toContain(sentence);
    expect(message).toContain(`(line ${line}, column ${column})`);
    expect(message.split('\n').at(-1)).toBe(`  ${' '.repeat(column - 1)}^`);
  });

  it('that are nested without end are refused', () => {
    const text = `${'('.repeat(5_000)}'T1'${')'.repeat(5_000)}`;
    expect(messageFor(text)).toContain('at most 100');
  });

  it('are told apart from those that are missing', () => {
    const listed = parseListedSeries("'SAG' and ('COR' or 'AX') and 'T2'");
    expect(missingSeries(listed, ['sag t1'])).toEqual(['COR', 'AX', 'T2']);
    expect(missingSeries(listed, ['sag t1', 'ax t1'])).toEqual(['T2']);
    expect(missingSeries(listed, ['sag', 'ax', 't2'])).toEqual([]);
  });

  it('are missing exactly where they are not received, and one more series takes nothing away', () => {
    const part = fc.constantFrom("'a'", "'b'", "'c d'");
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4 },
        part,
        fc
          .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
          .map(([left, word, right]) => `(${left} ${word} ${right})`),
      ),
    }));
    const descriptions = fc.array(fc.constantFrom('A', 'xBx', 'c D', 'e'));
    fc.assert(
      fc.property(expression, descriptions, descriptions, (text, some, more) => {
        const listed = parseListedSeries(text);
        const before = hasListedSeries(listed, some);
        expect(missingSeries(listed, some).length === 0).toBe(before);
        if (before) expect(hasListedSeries(listed, [...some, ...more])).toBe(true);
      }),
    );
  });

  it('are read or refused, whatever is written', () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc
        .array(fc.constantFrom("'a'", '"b"', 'and', 'or', '(', ')', ' ', '\n', 'not', ','))
        .map((parts) => parts.join('')),
    );
    fc.assert(fc.property(anything, (text) => void answerTo(text, ['a'])));
  });
});
