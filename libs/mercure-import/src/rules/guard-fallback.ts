import type { Rule } from '@waystation/events';
import { namedParts } from '../parts/named-parts.js';
import type { Part } from '../parts/part.js';
import { textAt, truthAt } from '../parts/values.js';
import { importAction, isProcessing } from './import-action.js';
import { asksForNothing } from './asks-for-nothing.js';
import { canMatch } from './import-condition.js';
import type { ImportedRule } from './import-rules.js';
import { renameTags } from './asked-tags.js';
import type { RuleContext } from './rule-context.js';

const LONGEST_CONDITION = 10_000;

type Context = Pick<RuleContext, 'knownTags' | 'tags'>;

/**
 * The rules, with a fallback that keeps its hands off whatever mercure has processed: what only a rule would have matched
 * that processes, and that was left out, is disabled, or cannot be asked of such an object here, is not sent as it is.
 */
export const guardFallback = (whole: Part, kept: readonly ImportedRule[], context: Context): readonly Rule[] => {
  const guards = guardsOf(whole, kept, context);
  return kept.map(({ rule, part }) => {
    if (!rule.fallback || rule.disabled || guards.length === 0) return rule;
    const condition = guards.map(({ asked }) => `not (${asked}${asked.includes('#') ? '\n' : ''})`).join(' and ');
    const names = guards.map(({ name }) => `'${name}'`).join(', ');
    if (condition.length > LONGEST_CONDITION) {
      part
        .at('fallback')
        .changedAfterAll(`the rule is disabled, so that what ${names} would process is not sent as it is`);
      return { ...rule, disabled: true };
    }
    part
      .at('rule')
      .changedAfterAll(`condition is ${condition}: what ${names} would process is not sent as it is, but stays here`);
    return { ...rule, condition };
  });
};

interface Guard {
  readonly name: string;
  readonly asked: string;
}

const guardsOf = (whole: Part, kept: readonly ImportedRule[], context: Context): readonly Guard[] =>
  namedParts(whole.at('rules'), 'rule').flatMap((part) => {
    const isFollowed = !truthAt(part.at('disabled'), false) && !truthAt(part.at('fallback'), false);
    if (!isFollowed || !isProcessing(importAction(part)) || !canMatch(part, context)) return [];
    const asked = renameTags(textAt(part.at('rule'), 'False').trim(), context.tags.renamed);
    const here = kept.find((one) => one.part.name === part.name);
    const isAsked = here !== undefined && !here.rule.disabled && !asksForNothing(asked);
    return isAsked ? [] : [{ name: part.name, asked }];
  });
