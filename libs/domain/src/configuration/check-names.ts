import type { ConfigurationDocument } from '@waystation/events';
import { suggest } from '@waystation/rules';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';
import { namedLists } from './named-lists.js';

/** Says that nothing has a name, and what was probably meant. @param kind `target` */
export const noSuch = (kind: string, name: string, known: readonly string[]): string => {
  const alike = suggest(name, known);
  return alike === undefined
    ? `there is no ${kind} '${name}'; known: ${known.join(', ') || 'none'}`
    : `there is no ${kind} '${name}': did you mean '${alike}'?`;
};

/** Finds names that two of one list have: either could be meant. */
export const checkNames = (document: ConfigurationDocument): readonly ConfigurationProblem[] =>
  namedLists.flatMap(({ path, namesIn }) => {
    const names = namesIn(document);
    const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return [...repeated].map((name) => errorAt(`${path}.${name}`, `there are several ${path} called '${name}'`));
  });
