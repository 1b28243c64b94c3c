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
  if (action === 'process' || action === 'both') {
    // To send unprocessed what was to be anonymized would be worse than to send nothing.
    rule.droppedAfterAll(
      `the rule is left out: its action is "${action}", and modules are not taken over; enter module and rule as docs/how-to/run-a-container.md shows`,
    );
    return undefined;
  }
  for (const key of processing) rule.at(key).taken('it is asked only of rules that process');
  const words = { route: 'route', discard: 'discard', notification: 'notify' } as const;
  part.taken(`action is "${words[action]}"`);
  return words[action];
};
