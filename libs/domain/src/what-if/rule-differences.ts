import type { RecordedVerdict, Rule, RuleVerdict } from '@waystation/events';

/** What a rule said. */
export type RuleWord = Pick<RuleVerdict, 'verdict' | 'because'>;

/** A rule that says something else, or that means something else by the same. */
export interface RuleDifference {
  readonly rule: string;
  /** Absent where there was no such rule. */
  readonly was?: RuleWord;
  /** Absent where there is no such rule any more, or none would be asked. */
  readonly would?: RuleWord;
  /** What else it is: `targets`, `priority`; where it matched and would match. */
  readonly changed?: readonly string[];
}

/** Which rules make a difference, and by what. */
export const ruleDifferences = (
  was: readonly RecordedVerdict[],
  would: readonly RuleVerdict[],
  before: readonly Rule[],
  after: readonly Rule[],
): readonly RuleDifference[] => {
  const said = new Map(was.map((verdict) => [verdict.rule, verdict]));
  const asked = new Set(would.map(({ rule }) => rule));
  const differences = would.flatMap((now): readonly RuleDifference[] => {
    const then = said.get(now.rule);
    if (then === undefined && now.verdict !== 'matched') return [];
    const words = { rule: now.rule, ...(then && { was: wordOf(then) }), would: wordOf(now) };
    if (then?.verdict !== now.verdict) return [words];
    const changed = now.verdict === 'matched' ? changesOf(ruleOf(before, now.rule), ruleOf(after, now.rule)) : [];
    return changed.length === 0 ? [] : [{ ...words, changed }];
  });
  const gone = was.filter(({ rule, verdict }) => verdict === 'matched' && !asked.has(rule));
  return [...differences, ...gone.map((then) => ({ rule: then.rule, was: wordOf(then) }))];
};

const wordOf = ({ verdict, because }: RuleWord): RuleWord => ({ verdict, because });

const ruleOf = (rules: readonly Rule[], name: string): Rule | undefined => rules.find((rule) => rule.name === name);

/** What makes no difference of a rule that matches in any case. */
const ineffective: ReadonlySet<string> = new Set<keyof Rule>([
  'name',
  'condition',
  'calledAeTitles',
  'fallback',
  'quietPeriodSeconds',
  'disabled',
  'comment',
]);

const changesOf = (before: Rule | undefined, after: Rule | undefined): readonly string[] => {
  const [was, is] = [before, after].map((rule) => new Map(Object.entries(rule ?? {})));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].filter(
    (key) => !ineffective.has(key) && JSON.stringify(was?.get(key)) !== JSON.stringify(is?.get(key)),
  );
};
