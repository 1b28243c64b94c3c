import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { checkConfiguration } from './check-configuration.js';

const knownTags = ['Modality', 'StudyDescription'];
const archive = { kind: 'dicom', name: 'archive', host: 'pacs', port: 104, calledAeTitle: 'ARCHIVE' };
const research = { kind: 'folder', name: 'research', path: '/srv/research' };
const ct = { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['archive'] };
const drop = { name: 'Drop', condition: "@Modality@ == 'SR'", action: 'discard' };

const problemsOf = (rules: readonly object[], targets: readonly object[] = [archive, research]) =>
  checkConfiguration(ConfigurationDocument.parse({ rules, targets }), knownTags);

describe('checkConfiguration', () => {
  it('finds nothing wrong with an empty configuration', () => {
    expect(problemsOf([], [])).toEqual([]);
  });

  it('finds nothing wrong with rules that can be followed', () => {
    expect(problemsOf([ct, drop])).toEqual([]);
  });

  it('names the target that does not exist, and those that do', () => {
    expect(problemsOf([{ ...ct, targets: ['archive', 'archvie'] }])).toEqual([
      { path: 'rules.CT.targets', problem: "there is no target 'archvie'; known: archive, research" },
    ]);
    expect(problemsOf([ct], [])).toEqual([
      { path: 'rules.CT.targets', problem: "there is no target 'archive'; known: none" },
    ]);
  });

  it('refuses a rule that routes nowhere', () => {
    expect(problemsOf([{ ...ct, targets: [] }])).toEqual([
      { path: 'rules.CT.targets', problem: 'a rule that routes needs at least one target' },
    ]);
  });

  it('refuses a rule that discards and still names targets', () => {
    expect(problemsOf([{ ...drop, targets: ['archive'] }])).toEqual([
      { path: 'rules.Drop.targets', problem: 'a rule that discards has no targets' },
    ]);
  });

  it('refuses two rules or two targets of one name', () => {
    expect(problemsOf([ct, drop, ct])).toEqual([{ path: 'rules.CT', problem: "there are several rules called 'CT'" }]);
    expect(problemsOf([ct], [archive, { ...research, name: 'archive' }])).toEqual([
      { path: 'targets.archive', problem: "there are several targets called 'archive'" },
    ]);
  });

  it('refuses two subscriptions of one name', () => {
    const one = { name: 'ris', url: 'https://ris.example/events' };
    const document = ConfigurationDocument.parse({
      subscriptions: [one, { ...one, url: 'https://ris.example/others' }],
    });
    expect(checkConfiguration(document, knownTags)).toEqual([
      { path: 'subscriptions.ris', problem: "there are several subscriptions called 'ris'" },
    ]);
  });

  it('refuses two senders of one AE title: either could be meant', () => {
    const document = ConfigurationDocument.parse({ senders: ['CT1', 'CT2', 'CT1 '].map((aeTitle) => ({ aeTitle })) });
    expect(checkConfiguration(document, knownTags)).toEqual([
      { path: 'senders.CT1', problem: "there are several senders called 'CT1'" },
    ]);
  });

  it.each([
    ['does not parse', "@Modality@ == 'CT"],
    ['assigns instead of comparing', "@Modality@ = 'CT'"],
    ['asks for a tag that nobody knows', "@Modalty@ == 'CT'"],
  ])('refuses a condition that %s', (_what, condition) => {
    const [problem, ...others] = problemsOf([{ ...ct, condition }]);
    expect(others).toEqual([]);
    expect(problem?.path).toBe('rules.CT.condition');
    expect(problem?.problem).not.toBe('');
  });

  it('shows the place in a condition and what to write there', () => {
    const [problem] = problemsOf([{ ...ct, condition: "'HEAD' in @StudyDescription@\n  and @Modality@ = 'CT'" }]);
    expect(problem?.problem.split('\n')).toEqual([
      '= does not compare — use == to compare (line 2, column 18)',
      "    and @Modality@ = 'CT'",
      '                   ^',
    ]);
  });

  it('looks at rules that are disabled too: they may be enabled any time', () => {
    expect(problemsOf([{ ...ct, disabled: true, targets: ['nowhere'] }])).toHaveLength(1);
  });

  it('finds everything at once', () => {
    const broken = { ...ct, condition: "@Modality@ = 'CT'", targets: ['nowhere', 'elsewhere'] };
    expect(problemsOf([broken, { ...drop, targets: ['archive'] }]).map(({ path }) => path)).toEqual([
      'rules.CT.targets',
      'rules.CT.targets',
      'rules.CT.condition',
      'rules.Drop.targets',
    ]);
  });
});
