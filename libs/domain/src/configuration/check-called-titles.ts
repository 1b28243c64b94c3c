import type { ConfigurationDocument, Rule } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { noSuch } from './check-names.js';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';

/**
 * Finds AE titles of rules that the document does not list, where it lists any: nothing that could call them would be
 * taken, or none of it be decided.
 */
export const checkCalledTitles = ({
  rules,
  applicationEntities,
  unknownCalledAeTitle,
}: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const listed = applicationEntities.map(({ aeTitle }) => trimAeTitle(aeTitle));
  if (listed.length === 0) return [];
  const found = unknownCalledAeTitle === 'accept' ? warningAt : errorAt;
  const strangers = (rule: Rule): readonly string[] =>
    rule.calledAeTitles.map(trimAeTitle).filter((title) => !listed.includes(title));
  return rules.flatMap((rule) =>
    strangers(rule).map((title) =>
      found(`rules.${rule.name}.calledAeTitles`, noSuch('AE title of ours', title, listed)),
    ),
  );
};
