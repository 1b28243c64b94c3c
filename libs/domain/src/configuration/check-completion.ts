import { wantedElements } from '@waystation/dicom';
import type { ConfigurationDocument } from '@waystation/events';
import { checkCondition } from '@waystation/rules';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

const identifying: ReadonlySet<string> = new Set(
  [...wantedElements().byTag.values()].filter(({ identity }) => identity).map(({ keyword }) => keyword),
);

/** Finds facts that are to say how many objects a series has, and that no object says. */
export const checkCompletion = (
  { completion, applicationEntities }: ConfigurationDocument,
  knownTags: readonly string[],
): readonly ConfigurationProblem[] => {
  const places = [
    { path: 'completion', name: completion.expectedCountFrom },
    ...applicationEntities.map((entity) => ({
      path: `applicationEntities.${entity.aeTitle}.completion`,
      name: entity.completion.expectedCountFrom,
    })),
  ];
  return places.flatMap(({ path, name }) => {
    if (name !== undefined && identifying.has(name))
      return [errorAt(`${path}.expectedCountFrom`, `${name} says who the patient is, and is never read as a number`)];
    const [problem] = name === undefined ? [] : checkCondition(`tags["${name}"]`, { knownTags });
    if (problem === undefined) return [];
    const { message, suggestion } = problem;
    return [errorAt(`${path}.expectedCountFrom`, suggestion === undefined ? message : `${message} — ${suggestion}`)];
  });
};
