import type { Part } from '../parts/part.js';
import { textAt, textsAt } from '../parts/values.js';
import type { RuleContext } from './rule-context.js';

/** Where a rule sends, by the names that its targets have here; those that were not taken over are left out. */
export const importRuleTargets = (rule: Part, { targets }: Pick<RuleContext, 'targets'>): readonly string[] => {
  const part = rule.at('target');
  const names = textsAt(part).flatMap((each) => {
    const name = textAt(each);
    const found = targets.get(name)?.target.name;
    if (found === undefined) each.notTaken(`the target '${name}' was not taken over, or there is none`);
    else if (found === name) each.taken('targets has it');
    else each.changed(`targets has it as '${found}'`);
    return found ?? [];
  });
  part.taken('there is nothing in it');
  return [...new Set(names)];
};

/** Tells that an action has no targets. */
export const tellNoTargets = (rule: Part, action: string): void => {
  const part = rule.at('target');
  if (part.isEmpty) part.taken('there is nothing in it');
  else part.changed(`a rule with the action "${action}" has no targets; mercure does not use them either`);
};
