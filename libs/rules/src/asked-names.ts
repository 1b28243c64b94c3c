import type { Rule } from '@waystation/events';
import { parseCondition } from './condition.js';
import type { Expression } from './syntax/expression.js';
import { readsOf, type Read } from './syntax/parts-of.js';

/** What rules ask for. */
export interface AskedNames {
  /** Names of facts, as they are written. */
  readonly names: readonly string[];
  /** Whether a rule may ask for any: it makes up names while it is asked, or refers to a rule that is not among these. */
  readonly others: boolean;
}

/** Names of the facts that rules ask for, for each object as well. A rule that cannot be read asks for none. */
export const askedNames = (rules: readonly Rule[]): AskedNames => {
  const names = new Set<string>();
  const known = new Set(rules.map(({ name }) => name));
  let others = false;
  for (const read of rules.flatMap(conditionsOf).flatMap(readsIn)) {
    if (read.kind === 'rule' && !known.has(read.name)) others = true;
    const name = nameIn(read);
    if (name === undefined) others = true;
    else if (name !== '') names.add(name);
  }
  return { names: [...names], others };
};

/** The name a read asks for; empty where it asks for none, undefined where only the header tells. */
const nameIn = (read: Read): string | undefined => {
  switch (read.kind) {
    case 'tag':
      return read.name;
    case 'exists':
      return read.tag.name;
    case 'series':
      return read.what === 'count' ? '' : read.what.values;
    case 'rule':
    case 'instances':
      return '';
    case 'header-size':
      return undefined;
    case 'presence':
      return read.name.kind === 'literal' && typeof read.name.value === 'string' ? read.name.value : undefined;
  }
};

const conditionsOf = ({ condition, targets }: Rule): readonly string[] => [
  condition,
  ...targets.flatMap((target) => (typeof target === 'string' ? [] : [target.instances])),
];

const readsIn = (condition: string): readonly Read[] => {
  const expression = expressionOf(condition);
  return expression ? readsOf(expression) : [];
};

const expressionOf = (condition: string): Expression | undefined => {
  try {
    return parseCondition(condition).expression;
  } catch {
    return undefined;
  }
};
