import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from './render-template.js';
import { exampleValues as values } from './template-values.js';

const text = (source: string, more: Partial<typeof values> = {}) =>
  renderTemplate(source, { ...values, ...more }, 'text');

describe('a template', () => {
  it.each([
    ['nothing to put in', 'nothing to put in'],
    ['{{ rule }}: {{ event }}', 'CT to "archive": COMPLETED'],
    ['@rule@ @task_id@ @event@', 'CT to "archive" 1.2.3 COMPLETED'],
    ['{% if "@event@" == "COMPLETED" %}done{% endif %}', 'done'],
    ['someone@rule.example', 'someone@rule.example'],
    ["{% if event == 'ERROR' %}failed{% elif event == 'COMPLETED' %}done{% else %}begun{% endif %}", 'done'],
    ['{{ event | lower | capitalize }} {{ event.lower() }}', 'Completed completed'],
    ["{{ details | replace('\\n', ' ') }}", 'delivered to archive, research'],
    ['{{ details[:9] }}…', 'delivered…'],
    [
      '{% for target in targets %}{{ loop.index }}. {{ target }}{% if not loop.last %}; {% endif %}{% endfor %}',
      '1. archive; 2. research',
    ],
    ["{% for target in targets if target != 'archive' %}{{ target }}{% else %}none{% endfor %}", 'research'],
    ["{{ targets | join(', ') }} ({{ targets | length }})", 'archive, research (2)'],
    ["{{ 'many' if targets | length > 1 else 'one' }}", 'many'],
    ['{{ rule if event in ["ERROR", "RECEIVED"] }}!', '!'],
    ['{{ DeviceSerialNumber ~ "/" ~ revision }}{# not shown #}', '0815/1'],
    ['{{ none }}{{ patient_name }}', 'Doe^Jane'],
    ["{{ body | default('no body', true) }}", 'one line\nand another'],
    ['a {%- if true -%} b {%- endif %}', 'ab'],
  ])('%j makes %j', (source, expected) => {
    expect(text(source)).toBe(expected);
  });
});

describe('values', () => {
  it('end no string of JSON, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (details, rule) => {
        const made = renderTemplate(
          '{"a": "{{ details }}", "b": {{ rule | tojson }}}',
          { ...values, details, rule },
          'json',
        );
        expect(JSON.parse(made)).toEqual({ a: details.replaceAll(/\p{Surrogate}/gu, '\uFFFD'), b: rule });
      }),
    );
  });

  it('end none where they go by the older words either', () => {
    const quoted = { ...values, rule: '"' };
    expect(renderTemplate('{"a": "@rule@@event@", "b": "{{ "@rule@!" }}"}', quoted, 'json')).toBe(
      String.raw`{"a": "\"COMPLETED", "b": "\"!"}`,
    );
  });

  it('end no field of a form', () => {
    const made = renderTemplate('text={{ details }}&to=x', { ...values, details: 'a&b=c d\uD800' }, 'form');
    expect([...new URLSearchParams(made)]).toEqual([
      ['text', 'a&b=c d\uFFFD'],
      ['to', 'x'],
    ]);
  });

  it('are no markup, not even where a template calls them safe', () => {
    const made = renderTemplate(
      '<b>{{ details | safe }}</b>',
      { ...values, details: `<img src="x" onerror='y'>&` },
      'markup',
    );
    expect(made).toBe('<b>&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt;&amp;</b>');
  });

  it('are no template: what they say is not looked at', () => {
    expect(text('{{ details }}', { details: '{{ mrn }} @rule@' })).toBe('{{ mrn }} @rule@');
  });

  it('are compared and cut as they are, and escaped where they are put', () => {
    const quoted = { ...values, rule: '"quoted"' };
    expect(renderTemplate(`{% if rule == '"quoted"' %}{{ rule[:2] }}{% endif %}`, quoted, 'json')).toBe(
      String.raw`\"q`,
    );
  });
});

describe('what a template may not', () => {
  it.each([
    ['range', '{% for i in range(1000000000) %}x{% endfor %}'],
    ['a macro that calls itself', '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'],
    ['an assignment', '{% set x = "a" %}'],
    ['a namespace', '{{ namespace() }}'],
    ['a name that nobody gives', '{{ patient }}'],
    ['the inside of a value', '{{ rule.constructor }}'],
    ['the inside by a name', "{{ rule['constructor'] }}"],
    ['the inside of a list', '{{ targets.__proto__ }}'],
    ['a method that nobody needs', '{{ rule.split() }}'],
    ['a filter that makes much of little', '{{ rule | indent(1000000) }}'],
    ['a test that is none', '{{ rule is mapping }}'],
    ['to multiply', '{{ revision * 5 }}'],
    ['an exponent', '{{ 9 ** 9 }}'],
    ['a loop out of which it breaks', '{% for t in targets %}{% break %}{% endfor %}'],
    ['the time of day', "{{ strftime_now('%H') }}"],
    ['a replacement of any length', "{{ details | replace('a', details) }}"],
    ['a long replacement', `{{ details | replace('a', '${'x'.repeat(33)}') }}`],
    ['a part that ends somewhere else', '{{ details[:revision] }}'],
    ['an object', '{{ {"a": 1} }}'],
  ])('is %s', (_what, source) => {
    expect(() => text(source)).toThrow(expect.objectContaining({ code: 'template.invalid' }));
  });

  it('is to go on and on: a chain of replacements ends before it fills the memory', () => {
    const chain = `{{ details${"|replace('a','aaaaaaaaaaaaaaaa')".repeat(40)} }}`;
    expect(() => text(chain, { details: 'a' })).toThrow('makes too much of too little');
  });

  it('is to loop in loops without bound', () => {
    const loops = `${'{% for t in targets %}'.repeat(8)}{{ details }}${'{% endfor %}'.repeat(8)}`;
    const targets = Array.from({ length: 100 }, (_, index) => `target ${index}`);
    expect(() => text(loops, { targets })).toThrow('makes too much of too little');
  });

  it('is decided for any text, quickly or not at all', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      'if ',
      'for t in targets',
      'endfor',
      '|',
      'rule',
      '(',
      ')',
      '"',
      "'",
      '[',
      ' ',
      '-',
      '@rule@',
      '.',
      'loop',
      '{#',
      '#}',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((list) => list.join('')),
        ),
        (source) => {
          try {
            expect(typeof text(source)).toBe('string');
          } catch (error) {
            expect(error).toMatchObject({ code: 'template.invalid' });
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['('.repeat(9000), '{% if true %}'.repeat(1500), 'not '.repeat(4900)])(
    'nests as deep as it likes',
    (deep) => {
      expect(() => text(`{{ ${deep} }}`)).toThrow(expect.objectContaining({ code: 'template.invalid' }));
    },
  );
});
