import { Rule } from '@waystation/events';
import { importNotifications, tellNoNotifications } from '../notifications/import-notifications.js';
import { commentOf } from '../parts/comment-of.js';
import { noteName } from '../parts/note-name.js';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { truthAt, wordAt } from '../parts/values.js';
import { importAction } from './import-action.js';
import { importCondition } from './import-condition.js';
import { importPriority } from './import-priority.js';
import { importRuleTargets, tellNoTargets } from './import-rule-targets.js';
import { importStudyTrigger, tellNoStudy } from './import-study-trigger.js';
import type { RuleContext } from './rule-context.js';

/** A rule; undefined with every place in it told where it cannot be one here. */
export const importRule = (part: Part, context: RuleContext): Rule | undefined => {
  const action = importAction(part);
  if (action === undefined) return undefined;
  const condition = importCondition(part, context);
  if (condition === undefined) return undefined;
  const targets = action === 'route' ? importRuleTargets(part, context) : [];
  if (action !== 'route') tellNoTargets(part, action);
  if (action === 'route' && targets.length === 0) {
    part.droppedAfterAll('the rule is left out: it sends to no target that was taken over');
    return undefined;
  }
  const trigger = importTrigger(part, action);
  const study = trigger === 'study' ? importStudyTrigger(part, context.study) : undefined;
  if (trigger === 'series') tellNoStudy(part);
  else if (study === undefined) return undefined;
  const notifications = action === 'discard' ? [] : importNotifications(part, context.notifications, context.channels);
  if (action === 'discard') tellNoNotifications(part);
  if (action === 'notify' && notifications.length === 0) {
    part.droppedAfterAll('the rule is left out: it would tell nobody of anything');
    return undefined;
  }
  noteName(part, context.name);
  return accepted(part, {
    name: context.name,
    condition,
    trigger,
    ...(study === undefined ? {} : { study }),
    action,
    targets,
    notifications,
    priority: importPriority(part),
    ...importFlags(part, context),
    ...commentOf(part, { comment: '', contact: 'contact: ', tags: 'tags: ' }),
  });
};

const importTrigger = (rule: Part, action: Rule['action']): Rule['trigger'] => {
  const part = rule.at('action_trigger');
  const trigger = wordAt(part, ['series', 'study'], 'series');
  if (trigger === 'study' && action === 'discard') {
    part.changed('trigger is "series": mercure discards each series as it comes, too');
    return 'series';
  }
  part.taken(`trigger is "${trigger}"`);
  return trigger;
};

const importFlags = (rule: Part, { isTheFallback }: RuleContext): Pick<Rule, 'disabled' | 'fallback'> => {
  const [off, last] = [rule.at('disabled'), rule.at('fallback')];
  const fallback = truthAt(last, false);
  const disabled = truthAt(off, false);
  off.taken(disabled ? 'the rule is disabled' : 'the rule is not disabled');
  if (!fallback || isTheFallback || disabled) {
    last.taken(fallback ? 'fallback has it' : 'the rule is no fallback');
    return { disabled, fallback };
  }
  last.changed('the rule is disabled: mercure follows only the last of its fallback rules');
  return { disabled: true, fallback };
};

const accepted = (part: Part, candidate: object): Rule | undefined => {
  const { data, error } = Rule.safeParse(candidate);
  if (error !== undefined) part.droppedAfterAll(`Waystation takes no such rule: ${problemsOf(error)}`);
  return data;
};
