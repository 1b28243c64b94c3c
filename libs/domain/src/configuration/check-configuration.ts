import { nameOfTarget, type ConfigurationDocument, type Rule } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { checkCondition, describeProblem } from '@waystation/rules';

/** What is wrong with a configuration: where, and why. */
export interface ConfigurationProblem {
  /** Path in the document: `rules.CT to archive.targets`. */
  readonly path: string;
  /** A sentence; about a condition also its line and a caret below the place. */
  readonly problem: string;
}

/**
 * Everything that would make a configuration fail later, found before it is published.
 * @param knownTags names that conditions may use
 */
export const checkConfiguration = (
  document: ConfigurationDocument,
  knownTags: readonly string[],
): readonly ConfigurationProblem[] => [
  ...repeatedNames('rules', document.rules),
  ...repeatedNames('targets', document.targets),
  ...repeatedNames(
    'senders',
    document.senders.map(({ aeTitle }) => ({ name: trimAeTitle(aeTitle) })),
  ),
  ...repeatedNames('subscriptions', document.subscriptions),
  ...document.rules.flatMap((rule) => problemsOf(rule, document, knownTags)),
];

const repeatedNames = (where: string, named: readonly { readonly name: string }[]): ConfigurationProblem[] =>
  named
    .filter(({ name }, index) => named.findIndex((other) => other.name === name) !== index)
    .map(({ name }) => ({ path: `${where}.${name}`, problem: `there are several ${where} called '${name}'` }));

const problemsOf = (
  rule: Rule,
  { targets }: ConfigurationDocument,
  knownTags: readonly string[],
): ConfigurationProblem[] => {
  const path = `rules.${rule.name}`;
  const names = targets.map(({ name }) => name);
  const problems: ConfigurationProblem[] = rule.targets
    .map(nameOfTarget)
    .filter((target) => !names.includes(target))
    .map((target) => ({
      path: `${path}.targets`,
      problem: `there is no target '${target}'; known: ${names.join(', ') || 'none'}`,
    }));
  if (rule.action === 'route' && rule.targets.length === 0)
    problems.push({ path: `${path}.targets`, problem: 'a rule that routes needs at least one target' });
  if (rule.action === 'discard' && rule.targets.length > 0)
    problems.push({ path: `${path}.targets`, problem: 'a rule that discards has no targets' });
  for (const problem of checkCondition(rule.condition, { knownTags })) {
    // A name that no header has would be missing for ever: the rule could never match, and nobody would notice.
    if (problem.severity === 'error' || problem.code === 'rules.unknown-tag')
      problems.push({ path: `${path}.condition`, problem: describeProblem(rule.condition, problem) });
  }
  return problems;
};
