import type { Rule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { wordAt } from '../parts/values.js';

/** How urgent a rule is. */
export const importPriority = (rule: Part): Rule['priority'] => {
  const part = rule.at('priority');
  const priority = wordAt(part, ['normal', 'urgent', 'offpeak'], 'normal');
  if (priority !== 'offpeak') {
    part.taken(`priority is "${priority}"`);
    return priority;
  }
  part.changed('priority is "off-peak": what the rule sends does wait for those hours, where mercure sends it at once');
  return 'off-peak';
};
