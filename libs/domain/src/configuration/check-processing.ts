import type { ConfigurationDocument, Rule, RuleProcessing } from '@waystation/events';
import { noSuch } from './check-names.js';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds rules that are to have something processed and do not say by what, and modules and targets that are not there. */
export const checkProcessing = (rule: Rule, document: ConfigurationDocument): readonly ConfigurationProblem[] => {
  const path = `rules.${rule.name}.processing`;
  const { action, processing } = rule;
  const processes = action === 'process' || action === 'both';
  if (processing === undefined)
    return processes ? [errorAt(path, `a rule with the action ${action} needs to say by which modules`)] : [];
  const modules = document.modules.map(({ name }) => name);
  const targets = document.targets.map(({ name }) => name);
  return [
    ...(processes ? [] : [errorAt(path, 'only a rule with the action process or both has anything processed')]),
    ...unknown(
      'module',
      path,
      processing.steps.map(({ module }) => module),
      modules,
    ),
    ...unknown('target', `${path}.dynamicRouting`, targetsNamedBy(processing), targets),
    ...(processes && rule.targets.some((target) => typeof target !== 'string')
      ? [
          errorAt(
            `rules.${rule.name}.targets`,
            'what a module makes goes to its targets as a whole: no object is asked',
          ),
        ]
      : []),
  ];
};

/** Targets that a module may have its output sent to besides those of the rule. */
export const targetsNamedBy = ({ dynamicRouting }: RuleProcessing): readonly string[] => [
  ...(dynamicRouting?.targets ?? []),
  ...(dynamicRouting?.alternateTarget === undefined ? [] : [dynamicRouting.alternateTarget]),
];

const unknown = (
  kind: string,
  path: string,
  named: readonly string[],
  known: readonly string[],
): readonly ConfigurationProblem[] =>
  named.filter((name) => !known.includes(name)).map((name) => errorAt(path, noSuch(kind, name, known)));
