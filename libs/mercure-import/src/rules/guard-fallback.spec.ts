import { Rule } from '@waystation/events';
import { compileRules } from '@waystation/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importMercure } from '../import-mercure.js';

const targets = { pacs: { target_type: 'folder', folder: '/pacs' } };
const modules = {
  good: { docker_tag: 'good:1' },
  secretive: { docker_tag: 'good:1', settings: { token: 'x' } },
  broken: { docker_tag: '' },
};
const rest = { rule: 'False', target: 'pacs', fallback: true };
const imported = (rules: object) =>
  importMercure(JSON.stringify({ targets, modules, rules: { ...rules, rest } }), {
    timeZone: 'UTC',
    elementOf: () => undefined,
  });
const processing = (rule: string, processing_module: string) => ({ rule, action: 'process', processing_module });
const conditions = [
  "@Modality@ == 'CT'",
  "not 'LOCALIZER' in @ImageType@",
  "@BodyPartExamined@ != 'HEAD'",
  "'T' in @ImageType@ # or so",
  "@Modality@ = 'CT'",
  'False',
];
const facts = fc.record(
  {
    Modality: fc.constantFrom('CT', 'MR'),
    ImageType: fc.constantFrom('LOCALIZER', 'AXIAL'),
    BodyPartExamined: fc.constantFrom('HEAD', 'CHEST'),
  },
  { requiredKeys: [] },
);
const rules = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc
    .tuple(fc.constantFrom(...conditions), fc.constantFrom('good', 'secretive', 'broken', 'lost'), fc.boolean())
    .map(([rule, module, disabled]) => ({ ...processing(rule, module), disabled })),
);

/** What mercure would match: an element that an object lacks is an empty text. */
const matchesInMercure = (condition: string, header: object): boolean => {
  const facts = { Modality: '', ImageType: '', BodyPartExamined: '', ...header };
  const rule = Rule.parse({ name: 'r', condition, action: 'discard' });
  return condition !== "@Modality@ = 'CT'" && compileRules([rule]).decide({ facts }).matched.includes('r');
};

describe('the fallback rule', () => {
  it('stays as it is where everything that mercure processes is processed', () => {
    const { document } = imported({ a: processing("@Modality@ == 'CT'", 'good') });
    expect(document.rules.at(-1)).toMatchObject({ name: 'rest', condition: 'True', disabled: false });
  });

  it('is disabled where too much would have to be kept from it', () => {
    const long = `'${'x'.repeat(9000)}' in @ImageType@`;
    const { document, items } = imported({ a: processing(long, 'lost'), b: processing(`not ${long}`, 'lost') });
    expect(document.rules).toMatchObject([{ name: 'rest', disabled: true }]);
    expect(items.find(({ path }) => path === 'rules.rest.fallback')?.reason).toContain("what 'a', 'b' would process");
  });

  it('sends nothing that mercure has processed, and all that it has not', () => {
    fc.assert(
      fc.property(rules, facts, (all, header) => {
        const { document } = imported(all);
        const sent = compileRules(document.rules).decide({ facts: header }).matched.includes('rest');
        const isProcessed = Object.values(all).some(
          ({ rule, disabled }) => !disabled && matchesInMercure(rule, header),
        );
        const isComplete = Object.keys(header).length === 3;
        expect(sent && isProcessed).toBe(false);
        if (isComplete && !isProcessed) expect(sent).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
