import { Rule, type Facts } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { compileRules } from './compile-rules.js';
import type { RuleSubject } from './rule-subject.js';

const rule = (name: string, condition: string, more: object = {}): Rule =>
  Rule.parse({ name, condition, action: 'route', targets: ['archive'], ...more });

const decide = (rules: readonly Rule[], subject: Partial<RuleSubject> = {}) =>
  compileRules(rules).decide({ facts: { Modality: 'MR' }, ...subject });

const yes = "@Modality@ == 'MR'";
const no = "@Modality@ == 'CT'";

describe('compiled rules', () => {
  it('tell series and study rules apart', () => {
    const rules = [rule('a', yes), rule('b', yes, { trigger: 'study', targets: ['research'] })];
    expect(decide(rules)).toEqual({
      outcome: 'routed',
      matched: ['a', 'b'],
      targets: [{ target: 'archive', rules: ['a'], priority: 'normal' }],
      studyRules: ['b'],
      notifications: [],
    });
  });

  it('give a target the priority of its most urgent rule', () => {
    const rules = [
      rule('a', yes, { priority: 'off-peak', targets: ['archive', 'research'] }),
      rule('b', yes, { priority: 'urgent' }),
      rule('c', no, { priority: 'urgent', targets: ['research'] }),
    ];
    expect(decide(rules).targets).toMatchObject([
      { target: 'archive', priority: 'urgent' },
      { target: 'research', priority: 'off-peak' },
    ]);
  });

  it('send a target the instances that any of its rules wants, or all', () => {
    const some = { target: 'archive', instances: "@ImageType@ == 'M'" };
    const others = { target: 'archive', instances: "@ImageType@ == 'P'" };
    const both = [rule('a', yes, { targets: [some] }), rule('b', yes, { targets: [others] })];
    const [target] = decide(both).targets;
    expect(target?.instances).toEqual([some.instances, others.instances]);
    expect(decide([...both, rule('c', yes)]).targets[0]).not.toHaveProperty('instances');
    const wanted = compileRules(both).instanceFilter(target?.instances ?? []);
    expect(['M', 'P', 'X'].map((ImageType) => wanted({ ImageType }))).toEqual([true, true, false]);
    expect(compileRules([]).instanceFilter(['(', '1 / 0'])({})).toBe(false);
  });

  it('name those that notify; of a discarded series, those that discard it', () => {
    const tell = { notifications: [{ channels: ['mail'] }] };
    const rules = [rule('a', yes, tell), rule('b', yes), rule('c', no, tell)];
    expect(decide(rules).notifications).toEqual(['a']);
    const discarding = [...rules, rule('d', yes, { ...tell, action: 'discard', targets: [] })];
    expect(decide(discarding)).toMatchObject({
      outcome: 'discarded',
      discardedBy: 'd',
      matched: ['a', 'b', 'd'],
      targets: [],
      studyRules: [],
      notifications: ['d'],
    });
  });

  it('ask a rule only where the series came to one of its titles', () => {
    const rules = [rule('a', yes, { calledAeTitles: ['CT', 'RESEARCH'] }), rule('rest', 'True', { fallback: true })];
    expect(decide(rules, { calledAeTitle: ' RESEARCH ' }).matched).toEqual(['a']);
    expect(decide(rules, { calledAeTitle: 'MAIN' }).matched).toEqual(['rest']);
    expect(decide(rules).matched).toEqual(['rest']);
    const { verdicts } = compileRules(rules).explain({ facts: {}, calledAeTitle: 'MAIN' });
    expect(verdicts[0]).toMatchObject({
      verdict: 'not-asked',
      because: 'the called AE title was MAIN, the rule is for CT, RESEARCH',
    });
  });

  it('ask fallbacks one after another until one matches', () => {
    const fallback = { fallback: true };
    const rules = [rule('a', no), rule('b', no, fallback), rule('c', yes, fallback), rule('d', yes, fallback)];
    expect(decide(rules).matched).toEqual(['c']);
    const { verdicts } = compileRules(rules).explain({ facts: { Modality: 'MR' } });
    expect(verdicts.map(({ verdict }) => verdict)).toEqual([
      'not-matched',
      'not-matched',
      'matched',
      'fallback-not-needed',
    ]);
  });

  it('may refer to the conditions of others, whatever else those say', () => {
    const rules = [
      rule('is MR', yes, { disabled: true, calledAeTitles: ['X'] }),
      rule('a', 'rule("is MR") and not rule("missing")'),
      rule('missing', '@NoSuchTag@', { disabled: true }),
      rule('fails', '1 / 0', { disabled: true }),
      rule('b', 'not rule("fails")'),
      rule('c', 'int(rule("is MR")) == 1'),
      rule('d', 'rule("nobody") or True'),
      rule('e', 'rule("f") or True'),
      rule('f', 'rule("e")'),
    ];
    expect(decide(rules).matched).toEqual(['a', 'c']);
    const { verdicts } = compileRules(rules).explain({ facts: { Modality: 'MR' } });
    expect(verdicts.filter(({ verdict }) => verdict === 'failed').map(({ because }) => because)).toEqual([
      "rule('fails') failed: the condition of that rule has no answer",
      "there is no rule called 'nobody'",
      'rules refer to each other in a circle: e → f → e',
      'rules refer to each other in a circle: f → e → f',
    ]);
  });

  it('ask about all instances of the series', () => {
    const instances: readonly Facts[] = [
      { EchoTime: '30', InstanceNumber: '1' },
      { EchoTime: '90', InstanceNumber: '2' },
      { InstanceNumber: '3' },
    ];
    const matched = (condition: string): boolean => decide([rule('a', condition)], { instances }).matched.length > 0;
    expect(matched("any_instance(@EchoTime@ == '90')")).toBe(true);
    expect(matched("all_instances(@EchoTime@ in ('30', '90'))")).toBe(false);
    expect(matched('all_instances(int(@InstanceNumber@) < 4)')).toBe(true);
    expect(matched('count_instances(exists(@EchoTime@)) == 2 and series.count == 3')).toBe(true);
    expect(matched("series.values('EchoTime') == {'90', '30'}")).toBe(true);
    expect(matched("@Modality@ == 'MR' and len(series.values(@EchoTime@)) == 2")).toBe(true);
    expect(matched("any_instance(@Modality@ == 'MR')")).toBe(false);
    expect(decide([rule('a', 'series.count == 1 and any_instance(@Modality@)')]).matched).toEqual(['a']);
  });

  it('goes through instances only where a rule asks for them', () => {
    let gone = 0;
    const instances = () => {
      gone++;
      return [{}];
    };
    const rules = [rule('a', `${no} and series.count > 0`), rule('b', yes)];
    expect(decide(rules, { instances }).matched).toEqual(['b']);
    expect(gone).toBe(0);
    expect(decide([...rules, rule('c', 'series.count + 0'), rule('d', 'series.count')], { instances }).matched).toEqual(
      ['b', 'c', 'd'],
    );
    expect(gone).toBe(1);
  });

  it('takes no more steps than it may, however many parts a condition has', () => {
    const text = { Long: 'x'.repeat(90_000) };
    const part = "'y' in @Long@ or 'z' in tags.Long";
    const rules = [
      rule('a', `${part} or True`),
      rule('b', `${Array.from({ length: 9 }, () => part).join(' or ')} or True`),
    ];
    expect(decide(rules, { facts: text }).matched).toEqual(['a']);
    expect(compileRules(rules).explain({ facts: text }).verdicts[1]?.verdict).toBe('failed');
  });
});
