import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSubmission } from './check-submission.js';
import { knownTagsOf } from './known-tags-of.js';

const archive = { kind: 'dicom', name: 'archive', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' };
const ct = { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'] };
const check = (value: unknown) => checkSubmission(value, () => ['Modality']);
const told = (value: unknown): readonly string[] =>
  check(value).problems.map(({ path, problem }) => `${path}: ${problem}`);

describe('checkSubmission', () => {
  it('reads a document, also one that names its schema', () => {
    expect(check({ $schema: 'configuration.schema.json', targets: [archive], rules: [ct] })).toEqual({
      document: ConfigurationDocument.parse({ targets: [archive], rules: [ct] }),
      problems: [],
    });
  });

  it('finds what would fail later', () => {
    expect(told({ rules: [ct] })).toEqual(["rules.CT.targets: there is no target 'archive'; known: none"]);
  });

  it('finds everything at once: what has no form hides nothing else', () => {
    const file = {
      rulez: [],
      completion: { quietPeriodSeconds: 'long' },
      targets: [{ ...archive, port: 99_999, tsl: {} }],
      rules: [
        { ...ct, condition: "@Modality@ = 'CT'" },
        { ...ct, name: 'MR', targets: ['archive', 'pigeon'] },
        { ...ct, name: 'US', action: 'shred' },
        { ...ct, name: 'XA', targets: [{ target: 'archive', instances: '' }] },
      ],
    };
    expect(check(file).document).toBeUndefined();
    expect(told(file)).toEqual([
      expect.stringMatching(/^completion\.quietPeriodSeconds: .*number/),
      expect.stringMatching(/^rules\.US\.action: .*route/),
      expect.stringMatching(/^rules\.XA\.targets\.0\.instances: /),
      expect.stringMatching(/^targets\.archive\.port: .*65535/),
      expect.stringMatching(/^targets\.archive: .*tsl/),
      expect.stringMatching(/^: .*rulez/),
      "rules.MR.targets: there is no target 'pigeon'; known: archive",
      expect.stringMatching(/^rules\.CT\.condition: = does not compare/),
    ]);
  });

  it('loses nothing: what JavaScript would drop is named', () => {
    const settings = JSON.parse('{ "a": { "__proto__": 1 } }') as object;
    const file = { modules: [{ name: 'lung', kind: 'app', settings }], rules: [ct] };
    expect(check(file).document).toBeUndefined();
    expect(told(file)).toEqual([
      'modules.lung.settings.a.__proto__: nothing can be called __proto__',
      "rules.CT.targets: there is no target 'archive'; known: none",
    ]);
    expect(told({ ...file, rulez: [] })).toContain(
      'modules.lung.settings.a.__proto__: nothing can be called __proto__',
    );
  });

  it('does not tell that what is there in a wrong form does not exist', () => {
    expect(told({ targets: [{ ...archive, port: 0 }], rules: [ct] })).toEqual([
      expect.stringMatching(/^targets\.archive\.port: /),
    ]);
    expect(told({ targets: [{ ...archive, kind: 'pigeon' }], rules: [ct] })).toEqual([
      expect.stringMatching(/^targets\.archive\.kind: /),
    ]);
  });

  it('still knows what is there in a wrong form: facts that conditions ask for, titles that rules name', () => {
    const file = {
      targets: [archive],
      facts: { additional: [{ element: '0018,9073', vr: 'XX' }, { element: '0018,9074' }] },
      applicationEntities: [{ aeTitle: 'RESEARCH', sopClasses: ['CT'] }],
      completion: { quietPeriodSeconds: 'long', expectedCountFrom: 'Modalty' },
      rules: [{ ...ct, condition: '@0018,9073@ == @0018,9074@', calledAeTitles: ['RESEARCH', 'RESAERCH'] }],
    };
    expect(checkSubmission(file, knownTagsOf).problems.map(({ path }) => path)).toEqual([
      'completion.quietPeriodSeconds',
      'applicationEntities.RESEARCH.sopClasses.0',
      'facts.additional.0018,9073.vr',
      'completion.expectedCountFrom',
      'rules.CT.calledAeTitles',
    ]);
  });

  it.each([null, 7, 'text', [], [ct], { rules: 'all' }, { rules: [7] }, { targets: [{ name: '../x' }] }])(
    'finds something wrong with %j',
    (value) => {
      expect(check(value)).toMatchObject({ document: undefined, problems: [{ severity: 'error' }] });
    },
  );

  it('takes whatever comes', () => {
    const part = fc.oneof(fc.jsonValue(), fc.array(fc.oneof(fc.jsonValue(), fc.constant(ct), fc.constant(archive))));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(ConfigurationDocument.shape), 'x'), part, { maxKeys: 4 }),
        (value) => {
          const { document, problems } = check(value);
          expect(document !== undefined || problems.length > 0).toBe(true);
        },
      ),
    );
  });
});
