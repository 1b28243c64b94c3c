import type { Rule } from '@waystation/events';
import { fitNames } from '../parts/fit-names.js';
import { namedParts } from '../parts/named-parts.js';
import type { Part } from '../parts/part.js';
import { truthAt } from '../parts/values.js';
import { importAction, isProcessing } from './import-action.js';
import { canMatch } from './import-condition.js';
import { importRule } from './import-rule.js';
import type { RuleContext } from './rule-context.js';

/** A rule that was taken over, and where it stood. */
export interface ImportedRule {
  readonly rule: Rule;
  readonly part: Part;
}

type Context = Omit<RuleContext, 'name' | 'isTheFallback'>;

/** The rules that were taken over, in their order. */
export const importRules = (whole: Part, context: Context): readonly ImportedRule[] => {
  const parts = namedParts(whole.at('rules'), 'rule');
  const names = fitNames(
    parts.map(({ name }) => name),
    'rule',
  );
  const followed = parts.findLast((part) => isFallback(part) && isEnabled(part));
  const imported = parts.flatMap((part) => {
    const isTheFallback = part.name === followed?.name;
    const rule = importRule(part, { ...context, name: names.get(part.name) ?? 'rule', isTheFallback });
    return rule === undefined ? [] : [{ rule, part }];
  });
  const kept = new Set(imported.map(({ part }) => part.name));
  if (followed !== undefined && kept.has(followed.name)) {
    const lost = parts.filter((part) => !kept.has(part.name) && isEnabled(part) && !isFallback(part));
    tellWiderFallback(
      followed,
      lost.filter((part) => !isProcessing(importAction(part)) && canMatch(part, context)),
    );
  }
  return imported;
};

const isEnabled = (part: Part): boolean => !truthAt(part.at('disabled'), false);
const isFallback = (part: Part): boolean => truthAt(part.at('fallback'), false);

/** What a rule that is left out would have matched goes the way of the fallback now. */
const tellWiderFallback = (fallback: Part, lost: readonly Part[]): void => {
  if (lost.length === 0) return;
  const names = lost.map(({ name }) => `'${name}'`).join(', ');
  fallback
    .at('fallback')
    .changedAfterAll(`fallback has it; what only ${names} matched, which is left out, goes this way now as well`);
};
