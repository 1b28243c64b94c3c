import { describe, expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { evaluateCondition, type Evaluation, type EvaluationOptions } from './evaluate-condition.js';

const facts = {
  Modality: 'MR',
  SliceThickness: '3.5',
  StudyDescription: 'NEURO^HEAD',
  SeriesDescription: 'AX T2',
  PatientName: 'Müller^Jörg',
  PatientID: '0012x',
  Empty: '',
};

const evaluate = (text: string, options?: EvaluationOptions): Evaluation =>
  evaluateCondition(parseCondition(text), facts, options);

describe('an evaluation', () => {
  it('tells what was looked at, in that order, and leaves out what was not', () => {
    expect(
      evaluate("@Modality@ == 'MR' and ('SAG' in @SeriesDescription@ or float(@SliceThickness@) < 4) or tags.X"),
    ).toEqual({
      matched: true,
      because: "@Modality@ == 'MR' is true ('MR') and float(@SliceThickness@) < 4 is true ('3.5')",
      observations: [
        { expression: '@Modality@', value: "'MR'" },
        { expression: "@Modality@ == 'MR'", value: 'True' },
        { expression: '@SeriesDescription@', value: "'AX T2'" },
        { expression: "'SAG' in @SeriesDescription@", value: 'False' },
        { expression: '@SliceThickness@', value: "'3.5'" },
        { expression: 'float(@SliceThickness@)', value: '3.5' },
        { expression: 'float(@SliceThickness@) < 4', value: 'True' },
        { expression: "'SAG' in @SeriesDescription@ or float(@SliceThickness@) < 4", value: 'True' },
        {
          expression: "@Modality@ == 'MR' and ('SAG' in @SeriesDescription@ or float(@SliceThickness@) < 4)",
          value: 'True',
        },
        {
          expression: "@Modality@ == 'MR' and ('SAG' in @SeriesDescription@ or float(@SliceThickness@) < 4) or tags.X",
          value: 'True',
        },
      ],
    });
  });

  it('ends at a tag the header does not have', () => {
    expect(evaluate("@Modality@ == 'MR' and @BodyPart@ == 'HEAD'")).toEqual({
      matched: false,
      because: '@BodyPart@ is not in the header',
      observations: [
        { expression: '@Modality@', value: "'MR'" },
        { expression: "@Modality@ == 'MR'", value: 'True' },
        { expression: '@BodyPart@', value: 'not in the header' },
      ],
    });
  });

  it('fails where an operation is not defined for its values', () => {
    expect(evaluate('@SliceThickness@ < 4')).toEqual({
      matched: false,
      failed: "'<' cannot compare text with a whole number",
      because: "@SliceThickness@ < 4 failed: '<' cannot compare text with a whole number ('3.5')",
      observations: [
        { expression: '@SliceThickness@', value: "'3.5'" },
        { expression: '@SliceThickness@ < 4', value: "failed: '<' cannot compare text with a whole number" },
      ],
    });
  });

  it.each([
    ["@Modality@ == 'CT'", "@Modality@ == 'CT' is false ('MR')"],
    ["not @Modality@ == 'CT'", "@Modality@ == 'CT' is false ('MR')"],
    [
      "@Modality@ == 'CT' or @Modality@ == 'US'",
      "@Modality@ == 'CT' is false ('MR') and @Modality@ == 'US' is false ('MR')",
    ],
    ["(@Modality@ == 'CT') | (@Modality@ == 'MR')", "@Modality@ == 'MR' is true ('MR')"],
    ["(@Modality@ == 'CT') & (@Modality@ == 'MR')", "@Modality@ == 'CT' is false ('MR')"],
    [
      '@Modality@ in @StudyDescription@',
      "@Modality@ in @StudyDescription@ is false (@Modality@ 'MR', @StudyDescription@ 'NEURO^HEAD')",
    ],
    ["'Modality' in tags", "'Modality' in tags is true"],
    ['tags.Empty', 'tags.Empty is empty'],
    ['tags.modality', "tags.modality is not empty ('MR')"],
    ["'CT'", "'CT' always counts as true"],
    ["@StudyDescription@.find('NEURO')", "@StudyDescription@.find('NEURO') is 0, which counts as false ('NEURO^HEAD')"],
    [
      "@Modality@ and @SeriesDescription@ and 'Empty' in tags and not @Empty@",
      "@Modality@ is not empty ('MR') and @SeriesDescription@ is not empty ('AX T2') and 'Empty' in tags is true and 1 more",
    ],
    ['1 / 0', '1 / 0 failed: division by zero'],
  ])('of %s says: %s', (text, because) => {
    expect(evaluate(text).because).toBe(because);
  });

  it('ends when its steps are used up', () => {
    const text = Array.from({ length: 100 }, () => "@Modality@ == 'CT'").join(' or ');
    expect(evaluate(text, { steps: 50 })).toMatchObject({
      matched: false,
      failed: 'the evaluation takes more than 50 steps',
    });
    expect(evaluate(text)).not.toHaveProperty('failed');
  });

  it('counts long texts as many steps', () => {
    const condition = parseCondition(`'a' in ${Array.from({ length: 20 }, () => '@Long@').join(' + ')}`);
    expect(evaluateCondition(condition, { Long: 'x'.repeat(4_000) }, { steps: 500 }).failed).toMatch(
      /more than 500 steps/,
    );
    expect(evaluateCondition(condition, { Long: 'x'.repeat(4) }, { steps: 500 })).not.toHaveProperty('failed');
  });

  it('builds no text and no number beyond its limits', () => {
    const text = `@A@${".replace('a', @A@)".repeat(10)} == ''`;
    const { failed } = evaluateCondition(parseCondition(text), { A: 'a'.repeat(100) });
    expect(failed).toBe('the result would be longer than 100000');
    const product = Array.from({ length: 20 }, () => 'int(@A@)').join(' * ');
    expect(evaluateCondition(parseCondition(product), { A: '9'.repeat(300) }).failed).toMatch(/more than 4300 digits/);
  });

  it('knows no tag the facts do not have of their own', () => {
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(evaluate(`tags['${name}'] == ''`).because).toBe(`tags['${name}'] is not in the header`);
    expect(evaluate("'toString' in tags").matched).toBe(false);
  });

  it('cuts long values without cutting a character in two', () => {
    const { observations } = evaluateCondition(parseCondition('@A@'), { A: '😀'.repeat(1000) });
    expect(observations[0]?.value).toMatch(/^'(😀)+…'$/u);
    expect(observations[0]?.value.length).toBeLessThan(250);
  });

  it('lists at most 200 observations', () => {
    const text = Array.from({ length: 400 }, (_, index) => `@Modality@ == '${index}'`).join(' or ');
    expect(evaluate(text).observations).toHaveLength(200);
  });
});

describe('an explanation of identity facts', () => {
  const masked = { identityKeywords: new Set(['PatientName', 'PatientID']) };

  it('shows dots in the place of every value that comes from them', () => {
    const result = evaluate("'x' in @PatientName@.lower() or int(tags.patientid) == 12", masked);
    expect(result).toEqual({
      matched: false,
      failed: 'int() found no whole number in the text',
      because: 'int(tags.patientid) failed: int() found no whole number in the text (•••)',
      observations: [
        { expression: '@PatientName@', value: '•••' },
        { expression: '@PatientName@.lower()', value: '•••' },
        { expression: "'x' in @PatientName@.lower()", value: 'False' },
        { expression: 'tags.patientid', value: '•••' },
        { expression: 'int(tags.patientid)', value: 'failed: int() found no whole number in the text' },
      ],
    });
  });

  it.each([
    '@PatientName@',
    'tags.PATIENTNAME',
    "tags['PatientName'] == 'X'",
    "'rg' in @PatientName@",
    '@PatientName@[0:5] + @Modality@',
    "@PatientName@.split('^')[1]",
    "(@PatientName@, 'x')[0]",
    'max(@PatientName@, @Modality@)',
    '@Empty@ or @PatientName@',
    'float(@PatientName@)',
    '@PatientName@ < 3',
    '@PatientName@ & 1',
    "@PatientName@.replace('x', 1)",
    "[@PatientName@] == 'x' or [@PatientName@][7]",
  ])('never carries the value: %s', (text) => {
    expect(JSON.stringify(evaluate(text))).toMatch(/Müller/);
    expect(JSON.stringify(evaluate(text, masked))).not.toMatch(/Mül|ller|Jör/);
  });
});
