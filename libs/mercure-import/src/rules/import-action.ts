import type { Rule } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { wordAt } from '../parts/values.js';

const processing = [
  'processing_module',
  'processing_settings',
  'processing_retain_images',
  'dynamic_routing',
  'dynamic_routing_allowed_targets',
  'conditional_alternate_target',
] as const;

/** What a rule does; undefined with the rule told where Waystation cannot do that. */
export const importAction = (rule: Part): Rule['action'] | undefined => {
  const part = rule.at('action');
  const action = wordAt(part, ['route', 'both', 'process', 'discard', 'notification'], 'route');
  if (action === 'process') {
    rule.droppedAfterAll(
      'the rule is left out: its action is "process", and Waystation runs no processing modules yet',
    );
    return undefined;
  }
  const concerned = action === 'both';
  for (const key of processing) {
    if (concerned && !rule.at(key).isEmpty) rule.at(key).notTaken('Waystation runs no processing modules yet');
    else rule.at(key).taken('it is asked only of rules that process');
  }
  if (concerned) part.changed('it is "route": the objects are sent as they came, without being processed');
  const words = { route: 'route', both: 'route', discard: 'discard', notification: 'notify' } as const;
  part.taken(`action is "${words[action]}"`);
  return words[action];
};
