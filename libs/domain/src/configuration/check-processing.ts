import type { ConfigurationDocument, Rule, RuleProcessing } from '@waystation/events';
import { noSuch } from './check-names.js';
import { errorAt, type ConfigurationProblem } from './configuration-problem.js';
import { outcomesOf, type PlacedOutcome } from './outcomes-of.js';

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
    ...unknown('target', `${path}.dynamicRouting`, routedBy(processing), targets),
    ...unknown('target', `${path}.returnFailure`, processing.returnFailure?.targets ?? [], targets),
    ...outcomesOf(processing).flatMap((placed) => checkOutcome(placed, rule, { modules, targets })),
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

/** Targets that something may go to besides those of the rule. */
export const targetsNamedBy = (processing: RuleProcessing): readonly string[] => [
  ...routedBy(processing),
  ...(processing.returnFailure?.targets ?? []),
  ...outcomesOf(processing).flatMap(({ outcome }) => outcome.targets ?? []),
];

/** Modules that do something for a rule, whatever comes out. */
export const modulesNamedBy = (processing: RuleProcessing): readonly string[] => [
  ...processing.steps.map(({ module }) => module),
  ...outcomesOf(processing).flatMap(({ outcome }) => (outcome.steps ?? []).map(({ module }) => module)),
];

const checkOutcome = (
  { path: place, outcome: { discard, targets = [], originals, steps = [] } }: PlacedOutcome,
  { name, action }: Rule,
  known: { readonly modules: readonly string[]; readonly targets: readonly string[] },
): readonly ConfigurationProblem[] => {
  const path = `rules.${name}.processing.${place}`;
  const says = targets.length > 0 || steps.length > 0 || originals === true;
  return [
    ...unknown(
      'module',
      path,
      steps.map(({ module }) => module),
      known.modules,
    ),
    ...unknown('target', path, targets, known.targets),
    ...(discard && says ? [errorAt(path, 'what discards sends nothing and does nothing more')] : []),
    ...(action === 'process' && targets.length > 0
      ? [errorAt(path, 'a rule that processes keeps what comes out; with the action both it sends it as well')]
      : []),
  ];
};

/** Targets that a module may name. */
const routedBy = ({ dynamicRouting }: RuleProcessing): readonly string[] => [
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
