import type { ConfigurationDocument } from '@waystation/events';
import { noSuch } from './check-names.js';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds senders whose objects are to be returned to a target that there is not. */
export const checkSenders = ({ senders, targets }: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const known = targets.map(({ name }) => name);
  return senders.flatMap(({ aeTitle, target }) =>
    target === undefined || known.includes(target)
      ? []
      : [errorAt(`senders.${aeTitle}.target`, noSuch('target', target, known))],
  );
};
