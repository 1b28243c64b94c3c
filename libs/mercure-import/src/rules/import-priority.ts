import type { Rule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { wordAt } from '../parts/values.js';
import { isProcessing } from './import-action.js';

/** How urgent a rule is. */
export const importPriority = (rule: Part, action: Rule['action']): Rule['priority'] => {
  const part = rule.at('priority');
  const priority = wordAt(part, ['normal', 'urgent', 'offpeak'], 'normal');
  if (priority !== 'offpeak') {
    part.taken(`priority is "${priority}"`);
    return priority;
  }
  part.changed(
    isProcessing(action)
      ? 'priority is "off-peak": its modules wait for those hours, as in mercure, and what they make does so too'
      : 'priority is "off-peak": what the rule sends does wait for those hours, where mercure sends it at once',
  );
  return 'off-peak';
};
