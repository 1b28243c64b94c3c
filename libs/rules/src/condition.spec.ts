import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { parseCondition } from './condition.js';
import { printExpression } from './syntax/print-expression.js';

const failure = (text: string): CodedError => {
  try {
    parseCondition(text);
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown;
    throw thrown;
  }
  throw new Error(`${text} was read`);
};

const sentence = (text: string): string => failure(text).message.split('\n', 1).join('');

describe('a condition that cannot be read', () => {
  it('is refused with a sentence, the line and a caret below the place', () => {
    const error = failure("@Modality@ == 'CT'\n  and Thickness < 4");
    expect(error.code).toBe('rules.syntax');
    expect(error.message).toBe(
      [
        "Thickness is not a name of the rule language — write @Thickness@ for a tag, 'Thickness' for text (line 2, column 7)",
        '    and Thickness < 4',
        '        ^',
      ].join('\n'),
    );
    expect(error.details).toEqual({
      sentence: 'Thickness is not a name of the rule language',
      suggestion: "write @Thickness@ for a tag, 'Thickness' for text",
      line: 2,
      column: 7,
      offset: 25,
    });
  });

  it('shows only what lies around the place in a long line', () => {
    const [, line = '', caret = ''] = failure(`${'1 + '.repeat(100)}= ${'+ 1'.repeat(100)}`).message.split('\n');
    expect(line.length).toBeLessThanOrEqual(102);
    expect(line[caret.indexOf('^')]).toBe('=');
  });

  it.each([
    ["@Modality@ = 'CT'", '= does not compare — use == to compare (line 1, column 12)'],
    ["@A@ == 'x' && @B@ == 'y'", '&& is not an operator — use and (line 1, column 12)'],
    ["@A@ == 'x' || @B@ == 'y'", '|| is not an operator — use or (line 1, column 12)'],
    ["!(@A@ == 'x')", '! is not an operator — use not (line 1, column 1)'],
    [
      "'CINE' in %SeriesDescription%",
      '%SeriesDescription% is the notation of old releases — write @SeriesDescription@ (line 1, column 11)',
    ],
    ["('a' in @B@", 'this ( has no closing ) (line 1, column 1)'],
    ["('a' in @B@))", 'this ) closes nothing, or an operator is missing before it (line 1, column 13)'],
    ['float(@A@ < 4', 'this ( has no closing ) (line 1, column 6)'],
    ["@A@[0 == 'x'", 'this [ has no closing ] (line 1, column 4)'],
    ["@A@ == 'x", "the text that begins here has no closing ' (line 1, column 8)"],
    ["@A == 'x'", 'the name of the tag has no closing @ — write it as in @Modality@ (line 1, column 1)'],
    [
      '@Study Date@',
      'the name between @ and @ is not the name of a tag — write it as in @Modality@ (line 1, column 1)',
    ],
    ['flota(@A@) < 4', 'unknown function flota() — did you mean float()? (line 1, column 1)'],
    ["@A@.lowr() == 'x'", 'unknown method lowr() — did you mean lower()? (line 1, column 5)'],
    ['lower(@A@)', 'lower is a method, not a function — write @Tag@.lower() (line 1, column 1)'],
    ['@A@.len() > 3', 'len is a function, not a method — write len(@Tag@) (line 1, column 5)'],
    ["@A@.lower == 'x'", 'the method lower is not called — write lower() (line 1, column 5)'],
    ["tags.A[0].lower == 'x'", 'the method lower is not called — write lower() (line 1, column 11)'],
    ['len() < 4', 'len() takes 1 argument, not 0 (line 1, column 1)'],
    ["@A@.split('a', 1, 2)", 'split() takes 0 to 2 arguments, not 3 (line 1, column 5)'],
    ["@A@ == 'x' AND @B@", 'AND is not a word of the rule language — write and (line 1, column 12)'],
    ['@A@ == true', 'true is not a word of the rule language — write True (line 1, column 8)'],
    ["@A@ is 'x'", 'is asks for None, True and False only — use == to compare (line 1, column 5)'],
    ["@A@ contains 'x'", "contains is not an operator — write 'part' in @Tag@ (line 1, column 5)"],
    ["'a' if @A@ else 'b'", '… if … else … is not part of the rule language — use and, or (line 1, column 5)'],
    ['lambda: 1', 'lambda is not part of the rule language — name a function, as in map(float, …) (line 1, column 1)'],
    ["f'{x}'", 'a text with f before its quotes is not part of the rule language (line 1, column 1)'],
    ['@A@ == ‘x’', '‘ does not begin a text — put texts in \' or " (line 1, column 8)'],
    ["@A@ == 'x' @B@", 'an operator is missing here (line 1, column 12)'],
    ["'a', 'b'", 'several values with a comma between always count as true — use and, or (line 1, column 4)'],
    [
      "{'CT': 1}",
      'a table { … : … } is not part of the rule language — use {…} without : for several values (line 1, column 1)',
    ],
    ['{}', '{} is not part of the rule language — write set() (line 1, column 1)'],
    [
      '[x for x in tags]',
      "x is not a name of the rule language — write @x@ for a tag, 'x' for text (line 1, column 2)",
    ],
    ['max(*[1, 2])', '* before a value is not part of the rule language (line 1, column 5)'],
    ["@A@.split(by=',')", 'split() takes no argument called by (line 1, column 11)'],
    ["@A@.split(',', sep=';')", 'split() is given sep twice (line 1, column 16)'],
    ['tags.keys()', 'tags has no method keys() — write @Modality@ or tags.Modality (line 1, column 6)'],
    [
      "matches(@A@, '(')",
      'the pattern cannot be read: error parsing regexp: missing closing ): `(` (line 1, column 14)',
    ],
    [
      'matches(@A@, @B@)',
      "matches() takes a value and a pattern in quotes — write matches(@Modality@, '^(CT|MR)$') (line 1, column 1)",
    ],
    ["exists('A')", 'exists() takes one tag — write exists(@Modality@) (line 1, column 1)'],
    ['rule(@A@)', 'rule() takes the name of one rule in quotes — write rule("CT to archive") (line 1, column 1)'],
    [
      'series.mean',
      'series has count and values() only — write series.count or series.values("EchoTime") (line 1, column 1)',
    ],
    [
      'any_instance(series.count > 1)',
      'a condition on instances looks at their own tags only, not at the series (line 1, column 14)',
    ],
    ['map(@A@, @B@)', 'map() takes the name of a function first — write map(float, …) (line 1, column 5)'],
    ['format(1)', 'format() is not part of the rule language — use str() or round() (line 1, column 1)'],
    ['@A@ ==', 'the condition ends where a value belongs (line 1, column 7)'],
    ["== 'x'", 'a value is missing here (line 1, column 1)'],
    ["@A@ == 'x' and or @B@", 'a value is missing before or (line 1, column 16)'],
    ['@A@ == not @B@', 'not cannot follow this operator — write (not …) in parentheses (line 1, column 8)'],
    [
      "'A' in tags == True",
      "'in tags' cannot be part of a chain — write ('Tag' in tags) in parentheses (line 1, column 8)",
    ],
    [
      'tags._tags_dict',
      "tags is not followed by the name of a tag — write tags.Modality or tags['Modality'] (line 1, column 1)",
    ],
    ['int(@A@) == 012', "a number has no leading zeros — write 12, or '012' for text (line 1, column 13)"],
    ['@A@ == 12abc', "12abc is not a number — write '12abc' for text (line 1, column 8)"],
    ['@A@ == 1e999', 'the number is too large (line 1, column 8)'],
    ["'\\x4'", '\\x is not followed by a character code — write \\\\ for a backslash (line 1, column 2)'],
    ['  # only a comment', 'the condition is empty — write True for every series (line 1, column 1)'],
  ])('%s: %s', (text, expected) => {
    expect(sentence(text)).toBe(expected);
  });

  it('asks about all instances more than 20 times', () => {
    const asking = (times: number): string => Array.from({ length: times }, () => 'any_instance(@A@)').join(' or ');
    expect(parseCondition(asking(20)).expression.kind).toBe('logical');
    expect(sentence(asking(21))).toMatch(/^a condition asks about instances at most 20 times/);
  });

  it('is longer than 10 000 characters', () => {
    expect(parseCondition(' '.repeat(9_996) + 'True').text).toHaveLength(10_000);
    expect(sentence(' '.repeat(9_997) + 'True')).toMatch(
      /^the condition has 10001 characters, at most 10000 are allowed/,
    );
  });

  it.each([
    ['parentheses', `${'('.repeat(4_999)}1${')'.repeat(4_999)}`],
    ['parentheses without end', '('.repeat(10_000)],
    ['lists', '['.repeat(10_000)],
    ['positions', `@A@${'[@A@'.repeat(2_000)}`],
    ['not', `${'not '.repeat(2_400)}1`],
    ['signs', `${'-'.repeat(9_999)}1`],
    ['sums', `1${'+1'.repeat(4_999)}`],
    ['methods', `@A@${'.lower()'.repeat(1_200)}`],
    ['sums in parentheses', `${'('.repeat(150)}1${`${'+1'.repeat(20)})`.repeat(150)}`],
    ['calls', `${'abs('.repeat(2_000)}1${')'.repeat(1_999)}`],
  ])('is nested too deeply: %s', (_, text) => {
    expect(sentence(text)).toMatch(/^the condition is nested more than 200 levels deep/);
  });

  it('is refused for its length before 50 000 parentheses are looked at', () => {
    expect(sentence(`${'('.repeat(50_000)}1${')'.repeat(50_000)}`)).toMatch(/^the condition has 100001 characters/);
  });
});

describe('a condition is read', () => {
  it.each([
    ["@A@ == 'x' or @B@ == 'y' and not @C@ == 'z'", "@A@ == 'x' or @B@ == 'y' and not @C@ == 'z'"],
    ["((@A@ == 'x') or (@B@ == 'y')) and @C@", "(@A@ == 'x' or @B@ == 'y') and @C@"],
    ["@A@ == 'x' | @B@ == 'y'", "@A@ == 'x' | @B@ == 'y'"],
    ["(@A@ == 'x') | (@B@ == 'y')", "(@A@ == 'x') | (@B@ == 'y')"],
    ['1 + 2 * 3 - (4 - 5)', '1 + 2 * 3 - (4 - 5)'],
    ['(1 + 2) * 3 // (4)', '(1 + 2) * 3 // 4'],
    ['-(1 + 2) < - - 3', '-(1 + 2) < --3'],
    ["tags['Modality'] in ('MR' ,)", "tags['Modality'] in ('MR',)"],
    ["tags['0051,1016'] not in [\"MR\", 'C\\'T']", "tags['0051,1016'] not in ['MR', \"C'T\"]"],
    ["tags['odd name']", "tags['odd name']"],
    ['tags.modality', 'tags.modality'],
    ["tags.SeqA[0].SeqB[12].CodeValue == 'x'", "tags.SeqA[0].SeqB[12].CodeValue == 'x'"],
    ["tags['SeqA[0].CodeValue'] == 'x'", "tags['SeqA[0].CodeValue'] == 'x'"],
    ['tags.SeqA[0].CodeValue.lower()[0]', 'tags.SeqA[0].CodeValue.lower()[0]'],
    ['tags.Text[0].lower()', 'tags.Text[0].lower()'],
    ['tags.Text[1:2][0]', 'tags.Text[1:2][0]'],
    ["tags['(0019,xx0C,SIEMENS MR HEADER)']", "tags['(0019,xx0C,SIEMENS MR HEADER)']"],
    ['@(0019,xx0C,SIEMENS MR HEADER)@', '@(0019,xx0C,SIEMENS MR HEADER)@'],
    ["tags['(0019,xx0C,ODD (ONE))']", "tags['(0019,xx0C,ODD (ONE))']"],
    ["not 'A' in tags", "not 'A' in tags"],
    ["('A' in tags) == True", "('A' in tags) == True"],
    ['1 < int( @A@ ) <= 3.50', '1 < int(@A@) <= 3.5'],
    ["@A@[ 1 : ][:-1][0].split( '\\\\' , 2 , )", "@A@[1:][:-1][0].split('\\\\', 2)"],
    ['(1).lower()', '(1).lower()'],
    ["True # a comment\n and\n\t'x'", "True and 'x'"],
    ['@A@ % 2', '@A@ % 2'],
    ["'a' \"b\" r'\\c'", "'ab\\\\c'"],
    ['2 ** -3 ** 2', '2 ** -3 ** 2'],
    ['(2 ** 3) ** 2', '(2 ** 3) ** 2'],
    ['-2 ** 2', '-2 ** 2'],
    ['(-2) ** 2', '(-2) ** 2'],
    ['~1 ^ 2 << 3 & 4', '~1 ^ 2 << 3 & 4'],
    ['0x1F + 0b11 + 0o17', '31 + 3 + 15'],
    ['@A@ [::-1] [1:9:2] [:]', '@A@[::-1][1:9:2][:]'],
    ["{ 'CT' , 'MR', }", "{'CT', 'MR'}"],
    ['@A@ is not None', '@A@ is not None'],
    ["@A@.split(maxsplit=1, sep=',')", "@A@.split(',', 1)"],
    ['@A@.split(maxsplit=1)', '@A@.split(None, 1)'],
    ['sorted({3, 1}, reverse=True)', 'sorted({3, 1}, True)'],
    ['len( tags )', 'len(tags)'],
    ['exists( tags.A )', 'exists(tags.A)'],
    ['rule( "a" \'b\' )', "rule('ab')"],
    ['series.count > 3 and series.values( "EchoTime" )', "series.count > 3 and series.values('EchoTime')"],
    ["any_instance(@A@ == 'x' or @B@)", "any_instance(@A@ == 'x' or @B@)"],
    ['all_instances(@A@) or count_instances(@B@) > 1', 'all_instances(@A@) or count_instances(@B@) > 1'],
    [
      'list(map(float, @A@)) + list(filter(str.isdigit, @B@))',
      'list(map(float, @A@)) + list(filter(str.isdigit, @B@))',
    ],
    ['7 %True% 2', '7 % True % 2'],
  ])('%s as %s', (text, printed) => {
    expect(printExpression(parseCondition(text).expression)).toBe(printed);
  });
});
