import type { ConfigurationDocument, Rule } from '@waystation/events';
import { checkCondition, checkRules, describeProblem, type CheckOptions, type Problem } from '@waystation/rules';
import { outcomesOf } from './outcomes-of.js';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds what is wrong with the conditions of rules, by themselves and among each other, and of the filters of their targets. */
export const checkConditions = (
  { rules }: ConfigurationDocument,
  knownTags: readonly string[],
): readonly ConfigurationProblem[] => {
  const ruleNames = rules.map(({ name }) => name);
  return [
    ...rules.flatMap((rule) => [
      ...problemsOf(conditionOf(rule), rule.condition, { knownTags, ruleNames }),
      ...rule.targets.flatMap((target) =>
        typeof target === 'string'
          ? []
          : problemsOf(`rules.${rule.name}.targets.${target.target}.instances`, target.instances, {
              knownTags,
              of: 'instance',
            }),
      ),
      ...(rule.processing === undefined ? [] : outcomesOf(rule.processing)).flatMap(({ path, outcome: { when } }) =>
        problemsOf(`rules.${rule.name}.processing.${path}.when`, when, { knownTags, of: 'result' }),
      ),
    ]),
    ...circlesIn(rules),
  ];
};

const conditionOf = ({ name }: Pick<Rule, 'name'>): string => `rules.${name}.condition`;

const problemsOf = (path: string, condition: string, options: CheckOptions): readonly ConfigurationProblem[] =>
  checkCondition(condition, options).map((problem) => problemAt(path, condition, problem));

/** Of the references that go nowhere each condition has told by itself. */
const circlesIn = (rules: readonly Rule[]): readonly ConfigurationProblem[] =>
  checkRules(rules)
    .filter(({ problem }) => problem.code === 'rules.circle')
    .map(({ rule: name, problem }) => {
      const condition = rules.find((rule) => rule.name === name)?.condition ?? '';
      return problemAt(conditionOf({ name }), condition, problem);
    });

const problemAt = (path: string, condition: string, problem: Problem): ConfigurationProblem => {
  // A name that no header has would be missing for ever: the rule could never match, and nobody would notice.
  const refused = problem.severity === 'error' || problem.code === 'rules.unknown-tag';
  return (refused ? errorAt : warningAt)(path, describeProblem(condition, problem));
};
