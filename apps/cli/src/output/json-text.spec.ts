import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine, jsonText } from './json-text.js';

describe('jsonText', () => {
  it('is JSON on several lines', () => {
    expect(jsonText({ series: ['1.2', 'größer'] })).toBe('{\n  "series": [\n    "1.2",\n    "größer"\n  ]\n}');
  });

  it.each([
    ['the beginning of a terminal command in one character', '\u009b2J', '"\\u009b2J"'],
    ['a change of the writing direction', 'a\u202eb', '"a\\u202eb"'],
    ['a line separator', '\u2028', '"\\u2028"'],
    ['an invisible tag beyond the basic plane', '\u{e0041}', '"\\udb40\\udc41"'],
    ['the end of a terminal command', '\u007f', '"\\u007f"'],
  ])('spells out %s', (_what, text, expected) => {
    expect(jsonText(text)).toBe(expected);
  });

  it('reads back as what it was, and holds nothing that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), (value, text) => {
        const written = jsonText({ value, text });
        expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ value, text })));
        expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
    );
  });
});

it('is one line for one of many, with nothing that a terminal acts on', () => {
  expect(jsonLine({ a: ['\u001b[2J', '\n'] })).toBe('{"a":["\\u001b[2J","\\n"]}');
});
