import type { Expression, RuleReference } from './syntax/expression.js';
import { readsOf } from './syntax/parts-of.js';

/** A rule by its name, with its condition where that can be read. */
export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression | undefined;
}

/** Why a rule that refers to others cannot be asked. */
export interface ReferenceProblem {
  readonly code: 'rules.unknown-rule' | 'rules.circle';
  readonly reference: RuleReference;
  readonly sentence: string;
}

/** Rules that refer to rules, that refer to rules, deeper than this are refused. */
const deepest = 10;

const referencesOf = (expression: Expression | undefined): readonly RuleReference[] =>
  expression ? readsOf(expression).filter((read) => read.kind === 'rule') : [];

/** How deep every rule refers to others; none for those that end up in a circle. */
const depthsOf = (references: readonly (readonly number[])[]): ReadonlyMap<number, number> => {
  const depths = new Map<number, number>();
  for (let found = true; found;) {
    found = false;
    for (const [index, others] of references.entries()) {
      if (depths.has(index) || !others.every((other) => depths.has(other))) continue;
      depths.set(index, Math.max(-1, ...others.map((other) => depths.get(other) ?? 0)) + 1);
      found = true;
    }
  }
  return depths;
};

const circleFrom = (
  start: number,
  references: readonly (readonly number[])[],
  depths: ReadonlyMap<number, number>,
  names: readonly string[],
): string => {
  const way: number[] = [];
  let at: number | undefined = start;
  while (at !== undefined && !way.includes(at)) {
    way.push(at);
    at = references[at]?.find((other) => !depths.has(other));
  }
  const circle = at === undefined ? way : [...way.slice(way.indexOf(at)), at];
  return circle.map((index) => names[index] ?? '').join(' → ');
};

/** What is wrong with the references between rules, by the place of the rule. */
export const findReferenceProblems = (
  rules: readonly NamedExpression[],
): ReadonlyMap<number, readonly ReferenceProblem[]> => {
  const names = rules.map(({ name }) => name);
  const places = new Map(names.map((name, index): [string, number] => [name, index]).toReversed());
  const written = rules.map(({ expression }) => referencesOf(expression));
  const references = written.map((all) => all.flatMap(({ name }) => places.get(name) ?? []));
  const depths = depthsOf(references);
  const problems = new Map<number, readonly ReferenceProblem[]>();
  for (const [index, all] of written.entries()) {
    const depth = depths.get(index);
    const found = all.flatMap((reference): ReferenceProblem[] => {
      const other = places.get(reference.name);
      if (other === undefined)
        return [{ code: 'rules.unknown-rule', reference, sentence: `there is no rule called '${reference.name}'` }];
      if (depths.has(other)) return [];
      const circle = circleFrom(index, references, depths, names);
      return [{ code: 'rules.circle', reference, sentence: `rules refer to each other in a circle: ${circle}` }];
    });
    const [first] = all;
    if (found.length === 0 && first && depth !== undefined && depth > deepest)
      found.push({
        code: 'rules.circle',
        reference: first,
        sentence: `rules refer to each other more than ${deepest} deep`,
      });
    if (found.length > 0) problems.set(index, found);
  }
  return problems;
};
