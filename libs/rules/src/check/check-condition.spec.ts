import { describe, expect, it } from 'vitest';
import { checkCondition } from './check-condition.js';

// prettier-ignore
const knownTags = [
  'Modality', 'SliceThickness', 'SeriesDescription', 'StudyDescription', 'BodyPartExamined', '0018,9073',
  'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeValue', '(0019,xx0C,SIEMENS MR HEADER)',
];
const check = (text: string): readonly string[] =>
  checkCondition(text, { knownTags }).map(
    ({ severity, code, message, suggestion, column }) =>
      `${column} ${severity} ${code.slice(6)}: ${message}${suggestion === undefined ? '' : ` — ${suggestion}`}`,
  );

describe('a condition is checked when it is saved', () => {
  it.each([
    "@Modality@ == 'CT' and 'HEAD' in @StudyDescription@",
    "tags.modality in ('CT', 'MR') or float(tags.SliceThickness) < 4",
    '1 < float(@SliceThickness@) <= 3.5',
    "@0018,9073@ == 'x' and '0018,9073' in tags",
    "tags.RequestAttributesSequence[1].ScheduledProtocolCodeSequence[2].CodeValue == 'x'",
    "tags['RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeValue'] == 'x'",
    "'RequestAttributesSequence' in tags and 'RequestAttributesSequence[1].ScheduledProtocolCodeSequence' in tags",
    "tags['(0019,xx0c,SIEMENS MR HEADER)'] == '1000' and @(0019,xx0C,SIEMENS MR HEADER)@ != ''",
    "('CT' in @Modality@) | (@Modality@ == 'MR')",
    "@StudyDescription@.lower().split('^')[0] == 'neuro'",
    "len(@SeriesDescription@.split(' ')) > 3",
    'True',
  ])('%s is in order', (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each([
    ["@Modality@ = 'CT'", '12 error syntax: = does not compare — use == to compare'],
    ["@Modalty@ == 'CT'", '1 warning unknown-tag: Modalty is not a known tag — did you mean Modality?'],
    ["tags.bodypart == 'HEAD'", '1 warning unknown-tag: bodypart is not a known tag'],
    [
      "tags.RequestAttributesSequence[0].CodeValue == 'x'",
      '1 warning unknown-tag: RequestAttributesSequence[0].CodeValue is not a known tag',
    ],
    [
      "@RequestAttributesSequence@ == 'x'",
      '1 warning unknown-tag: RequestAttributesSequence is a sequence and has no value — ask for one in its items, as in tags.RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeValue',
    ],
    [
      "tags['(0019,xx0c,SOMEBODY)'] == 'x'",
      '1 warning unknown-tag: (0019,xx0C,SOMEBODY) is not read from objects — add it to facts.additional of the configuration',
    ],
    [
      "@0010,21b0@ == 'x'",
      '1 warning unknown-tag: 0010,21B0 is not read from objects — add it to facts.additional of the configuration',
    ],
    [
      "@0019,100c@ == 'x'",
      '1 warning unknown-tag: 0019,100C is not read from objects — its block may be another in the next object: name who reserved it, as in tags["(0019,xx0c,CREATOR)"]',
    ],
    ["@modality@ == 'CT'", '1 warning unknown-tag: modality is not a known tag: case matters here — write Modality'],
    [
      "'SliceThicknes' in tags",
      '1 warning unknown-tag: SliceThicknes is not a known tag — did you mean SliceThickness?',
    ],
    [
      '@SliceThickness@ < 4',
      "1 error impossible: '<' cannot compare text with a whole number — write float(@SliceThickness@)",
    ],
    [
      '2.5 >= tags.SliceThickness',
      "1 error impossible: '>=' cannot compare a decimal number with text — write float(tags.SliceThickness)",
    ],
    [
      "float(@SliceThickness@) < '4'",
      "1 error impossible: '<' cannot compare a decimal number with text — write float('4')",
    ],
    [
      '@SliceThickness@ == 4',
      '1 error impossible: text is never equal to a whole number — write float(@SliceThickness@)',
    ],
    ['@SliceThickness@ in (3, 4)', '1 error impossible: text is never equal to any of (3, 4)'],
    [
      '4 in @SliceThickness@',
      "1 error impossible: 'in' is not defined for a whole number and text — write float(@SliceThickness@)",
    ],
    [
      "@Modality@ in ('CT')",
      "1 warning suspicious: 'in' a text looks for a part: @Modality@ also matches when it is empty or only a part of 'CT' — write @Modality@ in ('CT',)",
    ],
    [
      "@Modality@ == 'MR' or 'CT'",
      "23 warning suspicious: 'CT' is the same for every series — write @Modality@ in ('MR', 'CT')",
    ],
    [
      "@Modality@ == 'MR' | @Modality@ == 'CT'",
      "15 error impossible: '|' is not defined for text and text; it binds more strongly than comparisons — use or",
    ],
    ['@SliceThickness@ - 1 > 2', "1 error impossible: '-' is not defined for text and a whole number"],
    ['-@SliceThickness@ < 2', '1 error impossible: text has no sign'],
    [
      "float(@SliceThickness@).lower() == 'x'",
      '1 error impossible: lower() is a method of text, but float(@SliceThickness@) is a decimal number',
    ],
    ["len(@Modality@)[0] == 'x'", '1 error impossible: a whole number has no positions'],
  ])('%s: %s', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });

  const never = 'error impossible: the condition can never hold';
  it.each([
    [
      "@Modality@ == 'CT' and @Modality@ == 'MR'",
      `1 ${never}: @Modality@ == 'CT' and @Modality@ == 'MR' exclude each other`,
    ],
    [
      "tags.Modality in ('CT', 'PT') and @Modality@ == 'MR'",
      `1 ${never}: tags.Modality in ('CT', 'PT') and @Modality@ == 'MR' exclude each other`,
    ],
    [
      "not @Modality@ != 'ct' and @Modality@.isupper()",
      `1 ${never}: not @Modality@ != 'ct' and @Modality@.isupper() exclude each other`,
    ],
    [
      "'Modality' not in tags and tags.Modality == 'CT'",
      `1 ${never}: 'Modality' not in tags and tags.Modality == 'CT' exclude each other`,
    ],
    ['3 < int(@SliceThickness@) < 4', `1 ${never}: 3 < int(@SliceThickness@) < 4 is never true`],
    [
      'float(@SliceThickness@) > 5 and not float(@SliceThickness@) >= 3.5',
      `1 ${never}: float(@SliceThickness@) > 5 and not float(@SliceThickness@) >= 3.5 exclude each other`,
    ],
    ['len(@Modality@) < 0', `1 ${never}: len(@Modality@) < 0 is never true`],
    ['@Modality@ in ()', `1 ${never}: @Modality@ in () is never true`],
    ['None', '1 warning suspicious: the condition can never hold: None is never true'],
    ['1 / 0', '1 warning suspicious: the condition can never hold: 1 / 0 is never true'],
    [
      "@StudyDescription@ == 'x' or @Modality@ == 'CT' and @Modality@ == 'MR'",
      "30 warning suspicious: @Modality@ == 'CT' and @Modality@ == 'MR' can never hold: @Modality@ == 'CT' and @Modality@ == 'MR' exclude each other",
    ],
    [
      "@Modality@ != 'CT' or @Modality@ != 'MR'",
      "1 warning suspicious: the condition holds whatever the tag is: not @Modality@ != 'CT' and not @Modality@ != 'MR' exclude each other — use and between what must not be",
    ],
  ])('%s: %s', (text, problem) => {
    expect(check(text)).toEqual([problem]);
  });

  it.each([
    "@Modality@ != 'CT' and @Modality@ != 'MR'",
    '3 < float(@SliceThickness@) < 4',
    'int(@SliceThickness@) >= 3 and int(@SliceThickness@) <= 3',
    "'Modality' not in tags or tags.Modality == 'CT'",
    "@Modality@ == 'CT' or @Modality@ == 'MR'",
    "'CT' in values(@Modality@) and matches(@StudyDescription@, 'HEAD|NECK')",
  ])('%s may hold', (text) => {
    expect(check(text)).toEqual([]);
  });

  it('knows the names of the other rules where they are given', () => {
    const options = { knownTags, ruleNames: ['CT to archive'] };
    expect(checkCondition('rule("CT to archive")', options)).toEqual([]);
    expect(checkCondition('rule("CT to archiv")', options)).toMatchObject([
      { severity: 'error', code: 'rules.unknown-rule', column: 1, suggestion: "did you mean 'CT to archive'?" },
    ]);
    expect(check('rule("any")')).toEqual([]);
  });

  it('refuses to ask an instance about its series', () => {
    for (const text of ['series.count > 1', 'any_instance(@Modality@)', 'rule("a")'])
      expect(checkCondition(text, { knownTags, of: 'instance' })).toMatchObject([{ code: 'rules.impossible' }]);
    expect(checkCondition("@Modality@ == 'CT'", { knownTags, of: 'instance' })).toEqual([]);
  });

  it('finds unknown tags wherever they are asked for', () => {
    expect(check("exists(@Modalty@) or any_instance(@SliceThick@ == '1') or series.values('Modalit')")).toHaveLength(3);
  });

  it('finds all problems in the order of the text', () => {
    expect(checkCondition("@Modalty@ == 'CT'\nor @SliceThickness@ < 4", { knownTags })).toMatchObject([
      { code: 'rules.unknown-tag', line: 1, column: 1, offset: 0 },
      { code: 'rules.impossible', line: 2, column: 4, offset: 21 },
    ]);
  });

  it('names a tag once and no more than 20 problems', () => {
    expect(check("@X@ == 'a' or @X@ == 'b'")).toHaveLength(1);
    const many = Array.from({ length: 300 }, (_, index) => `@Tag${index}@ < ${index}`).join(' or ');
    expect(check(many)).toHaveLength(20);
  });
});
