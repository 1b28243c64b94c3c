import { Rule } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { evaluateRules } from './evaluate-rules.js';

const rule = (name: string, condition: string, more: Partial<Rule> = {}): Rule =>
  Rule.parse({ name, condition, action: 'route', targets: ['archive'], ...more });

const yes = "@Modality@ == 'MR'";
const no = "@Modality@ == 'CT'";
const facts = { Modality: 'MR', PatientName: 'Doe' };
const verdicts = (rules: readonly Rule[]): readonly string[] =>
  evaluateRules(rules, facts).verdicts.map(({ rule: name, verdict, because }) => `${name}: ${verdict}, ${because}`);

describe('the rules of a configuration', () => {
  it('send a series to the targets of all that match, to each once', () => {
    const rules = [
      rule('a', yes, { targets: ['archive', 'research'] }),
      rule('b', no, { targets: ['workstation'] }),
      rule('c', yes, { targets: ['research', 'backup', 'research'] }),
    ];
    expect(evaluateRules(rules, facts)).toMatchObject({
      outcome: 'routed',
      targets: [
        { target: 'archive', rules: ['a'] },
        { target: 'research', rules: ['a', 'c'] },
        { target: 'backup', rules: ['c'] },
      ],
    });
  });

  it('give a verdict each, with condition and observations', () => {
    expect(evaluateRules([rule('a', yes)], facts).verdicts).toEqual([
      {
        rule: 'a',
        verdict: 'matched',
        condition: yes,
        because: "@Modality@ == 'MR' is true ('MR')",
        observations: [
          { expression: '@Modality@', value: "'MR'" },
          { expression: "@Modality@ == 'MR'", value: 'True' },
        ],
      },
    ]);
  });

  it('discard where one that matches does, whatever the others say', () => {
    const rules = [rule('a', yes), rule('b', yes, { action: 'discard', targets: [] }), rule('c', yes)];
    const { outcome, discardedBy, targets, verdicts: all } = evaluateRules(rules, facts);
    expect({ outcome, discardedBy, targets }).toEqual({ outcome: 'discarded', discardedBy: 'b', targets: [] });
    expect(all.map(({ verdict }) => verdict)).toEqual(['matched', 'matched', 'matched']);
  });

  it('ask fallbacks only where no other matched', () => {
    const fallback = rule('rest', yes, { fallback: true, targets: ['rest'] });
    expect(evaluateRules([fallback, rule('a', no)], facts).targets).toMatchObject([
      { target: 'rest', rules: ['rest'] },
    ]);
    expect(evaluateRules([fallback, rule('a', yes)], facts).targets).toMatchObject([
      { target: 'archive', rules: ['a'] },
    ]);
    expect(verdicts([fallback, rule('a', yes)])[0]).toBe(
      'rest: fallback-not-needed, the rule is a fallback and a matched',
    );
  });

  it('may discard as a fallback', () => {
    const fallback = rule('rest', 'True', { fallback: true, action: 'discard', targets: [] });
    expect(evaluateRules([fallback, rule('a', no)], facts)).toMatchObject({
      outcome: 'discarded',
      discardedBy: 'rest',
    });
    expect(evaluateRules([fallback, rule('a', yes)], facts).outcome).toBe('routed');
  });

  it('are left out while they are disabled', () => {
    const rules = [rule('a', yes, { disabled: true }), rule('b', 'True', { fallback: true, disabled: true })];
    expect(evaluateRules(rules, facts)).toMatchObject({ outcome: 'unmatched', targets: [] });
    expect(verdicts(rules)).toEqual(['a: disabled, the rule is disabled', 'b: disabled, the rule is disabled']);
  });

  it('do not stop each other when one fails', () => {
    const rules = [rule('a', "@Modality@ = 'MR'"), rule('b', '@Modality@ > 3'), rule('c', '@X@'), rule('d', yes)];
    expect(evaluateRules(rules, facts).targets).toMatchObject([{ target: 'archive', rules: ['d'] }]);
    expect(verdicts(rules)).toEqual([
      'a: failed, the condition cannot be read: = does not compare — use == to compare (line 1, column 12)',
      "b: failed, @Modality@ > 3 failed: '>' cannot compare text with a whole number ('MR')",
      'c: not-matched, @X@ is not in the header',
      "d: matched, @Modality@ == 'MR' is true ('MR')",
    ]);
  });

  it('match nothing where there are none', () => {
    expect(evaluateRules([], facts)).toMatchObject({ verdicts: [], outcome: 'unmatched', targets: [], matched: [] });
  });

  it('keep identity out of their verdicts', () => {
    const { verdicts: all } = evaluateRules([rule('a', '@PatientName@')], facts, {
      identityKeywords: new Set(['PatientName']),
    });
    expect(JSON.stringify(all)).not.toContain('Doe');
    expect(all[0]?.because).toBe('@PatientName@ is not empty (•••)');
  });
});
