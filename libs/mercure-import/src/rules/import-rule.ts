import { Rule } from '@waystation/events';
import { importNotifications, tellNoNotifications } from '../notifications/import-notifications.js';
import { commentOf } from '../parts/comment-of.js';
import { noteName } from '../parts/note-name.js';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { truthAt, wordAt } from '../parts/values.js';
import { importAction, isProcessing } from './import-action.js';
import { importCondition } from './import-condition.js';
import { importPriority } from './import-priority.js';
import { importProcessing, tellNoProcessing, type ImportedProcessing } from './import-processing.js';
import { importRuleTargets, tellNoTargets } from './import-rule-targets.js';
import { importStudyTrigger, tellNoStudy } from './import-study-trigger.js';
import type { RuleContext } from './rule-context.js';

/** A rule; undefined with every place in it told where it cannot be one here. */
export const importRule = (part: Part, context: RuleContext): Rule | undefined => {
  const wanted = importAction(part);
  const condition = importCondition(part, context);
  if (condition === undefined) return undefined;
  const processed = isProcessing(wanted) ? importProcessing(part, wanted, context) : undefined;
  if (isProcessing(wanted) && processed === undefined) return undefined;
  if (processed === undefined) tellNoProcessing(part);
  const destination = importDestination(part, wanted, processed, context);
  if (destination === undefined) return undefined;
  const { action } = destination;
  const trigger = importTrigger(part, action);
  const study = trigger === 'study' ? importStudyTrigger(part, context.study) : undefined;
  if (trigger === 'series') tellNoStudy(part);
  else if (study === undefined) return undefined;
  const notifications = importTold(part, action, context);
  if (notifications === undefined) return undefined;
  noteName(part, context.name);
  return accepted(part, {
    name: context.name,
    condition,
    trigger,
    ...(study === undefined ? {} : { study }),
    ...destination,
    ...(processed === undefined ? {} : { processing: processed.processing }),
    notifications,
    priority: importPriority(part, action),
    ...importFlags(part, context, processed?.isWhole ?? true),
    ...commentOf(part, { comment: '', contact: 'contact: ', tags: 'tags: ' }),
  });
};

/** What is done, and where that goes; undefined with the rule told where nothing would come of it. */
const importDestination = (
  part: Part,
  action: Rule['action'],
  processed: ImportedProcessing | undefined,
  context: RuleContext,
): Pick<Rule, 'action' | 'targets'> | undefined => {
  if (action !== 'route' && action !== 'both') {
    tellNoTargets(part, action);
    return { action, targets: [] };
  }
  const targets = [...importRuleTargets(part, context)];
  if (targets.length > 0 || processed?.processing.dynamicRouting !== undefined) return { action, targets };
  if (action === 'both') {
    part
      .at('action')
      .changedAfterAll('action is "process": what comes out is kept, since no target of the rule was taken over');
    return { action: 'process', targets };
  }
  part.droppedAfterAll('the rule is left out: it sends to no target that was taken over');
  return undefined;
};

const importTold = (part: Part, action: Rule['action'], context: RuleContext): Rule['notifications'] | undefined => {
  if (action === 'discard') {
    tellNoNotifications(part);
    return [];
  }
  const notifications = importNotifications(part, action, context.notifications, context.channels);
  if (action !== 'notify' || notifications.length > 0) return notifications;
  part.droppedAfterAll('the rule is left out: it would tell nobody of anything');
  return undefined;
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

const importFlags = (
  rule: Part,
  { isTheFallback }: RuleContext,
  isWhole: boolean,
): Pick<Rule, 'disabled' | 'fallback'> => {
  const [off, last] = [rule.at('disabled'), rule.at('fallback')];
  const fallback = truthAt(last, false);
  const disabled = truthAt(off, false);
  const isLeftAside = !disabled && !isWhole;
  if (isLeftAside) rule.noted('the rule is disabled until its modules have all of their settings again');
  off.taken(disabled ? 'the rule is disabled' : 'the rule is not disabled');
  if (!fallback || isTheFallback || disabled) {
    last.taken(fallback ? 'fallback has it' : 'the rule is no fallback');
    return { disabled: disabled || isLeftAside, fallback };
  }
  last.changed('the rule is disabled: mercure follows only the last of its fallback rules');
  return { disabled: true, fallback };
};

const accepted = (part: Part, candidate: object): Rule | undefined => {
  const { data, error } = Rule.safeParse(candidate);
  if (error !== undefined) part.droppedAfterAll(`Waystation takes no such rule: ${problemsOf(error)}`);
  return data;
};
