import type { RuleProcessing } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { textAt, textsAt, truthAt } from '../parts/values.js';
import type { RuleContext } from './rule-context.js';

type Routing = Pick<RuleProcessing, 'dynamicRouting'>;

/** Whether modules of a rule may say where their output goes. Targets that were not taken over are never widened to all. */
export const importDynamicRouting = (rule: Part, targets: RuleContext['targets']): Routing => {
  const [wanted, allowed, other] = [
    rule.at('dynamic_routing'),
    rule.at('dynamic_routing_allowed_targets'),
    rule.at('conditional_alternate_target'),
  ];
  if (!truthAt(wanted, false)) {
    for (const part of [wanted, allowed, other]) part.taken('the module is not asked where its output goes');
    return {};
  }
  const named = textsAt(allowed);
  const known = named.flatMap((each) => nameOf(each, targets, 'processing.dynamicRouting.targets') ?? []);
  allowed.taken('the module may name any target that there is');
  const alternateTarget =
    textAt(other) === '' ? undefined : nameOf(other, targets, 'processing.dynamicRouting.alternateTarget');
  other.taken('there is no other target');
  if (named.length > 0 && known.length === 0) {
    wanted.changed(
      'the module is not asked where its output goes: none of the targets that it may name was taken over',
    );
    return {};
  }
  wanted.taken('processing.dynamicRouting has it');
  return {
    dynamicRouting: { targets: [...new Set(known)], ...(alternateTarget === undefined ? {} : { alternateTarget }) },
  };
};

const nameOf = (part: Part, targets: RuleContext['targets'], place: string): string | undefined => {
  const name = targets.get(textAt(part))?.target.name;
  if (name === undefined) part.notTaken(`the target '${textAt(part)}' was not taken over, or there is none`);
  else if (name === textAt(part)) part.taken(`${place} has it`);
  else part.changed(`${place} has it as '${name}'`);
  return name;
};
