import type { Rule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { wordAt } from '../parts/values.js';

const words = { route: 'route', both: 'both', process: 'process', discard: 'discard', notification: 'notify' } as const;

/** What a rule does. */
export const importAction = (rule: Part): Rule['action'] => {
  const part = rule.at('action');
  const action = words[wordAt(part, ['route', 'both', 'process', 'discard', 'notification'], 'route')];
  part.taken(`action is "${action}"`);
  return action;
};

/** Whether a rule has objects processed. */
export const isProcessing = (action: Rule['action']): boolean => action === 'process' || action === 'both';
