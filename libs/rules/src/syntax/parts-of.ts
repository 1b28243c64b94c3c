import type {
  Expression,
  HeaderSize,
  OverInstances,
  RuleReference,
  SeriesValue,
  TagExists,
  TagPresence,
  TagValue,
} from './expression.js';

/** The expressions an expression is made of, in the order of the text. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'literal':
    case 'tag':
    case 'exists':
    case 'header-size':
    case 'rule':
    case 'series':
      return [];
    case 'presence':
      return [expression.name];
    case 'sequence':
      return expression.items;
    case 'logical':
      return expression.operands;
    case 'not':
    case 'unary':
      return [expression.operand];
    case 'comparison':
      return [expression.first, ...expression.links.map((link) => link.operand)];
    case 'binary':
      return [expression.left, expression.right];
    case 'function':
      return expression.arguments;
    case 'method':
      return [expression.subject, ...expression.arguments];
    case 'each':
      return [expression.over];
    case 'index':
      return [expression.subject, expression.index];
    case 'slice':
      return [expression.subject, expression.from, expression.to, expression.step].filter((part) => part !== undefined);
    case 'instances':
      return [expression.condition];
  }
};

/** What looks at the subject: its header, its instances, or what another rule makes of it. */
export type Read = TagValue | TagPresence | TagExists | HeaderSize | SeriesValue | OverInstances | RuleReference;

const isRead = (expression: Expression): expression is Read =>
  expression.kind === 'tag' ||
  expression.kind === 'presence' ||
  expression.kind === 'exists' ||
  expression.kind === 'header-size' ||
  expression.kind === 'series' ||
  expression.kind === 'instances' ||
  expression.kind === 'rule';

const collect = <E extends Expression>(
  expression: Expression,
  found: E[],
  wanted: (part: Expression) => part is E,
  enters: (part: Expression) => boolean,
): readonly E[] => {
  if (enters(expression)) for (const part of partsOf(expression)) collect(part, found, wanted, enters);
  if (wanted(expression)) found.push(expression);
  return found;
};

const reads = new WeakMap<Expression, readonly Read[]>();

/** Whatever an expression reads, from left to right, that which it asks of instances as well. */
export const readsOf = (expression: Expression): readonly Read[] => {
  const known = reads.get(expression);
  if (known) return known;
  const found = collect<Read>(expression, [], isRead, () => true);
  reads.set(expression, found);
  return found;
};

/** The parts of one kind, from left to right; not those that are asked of instances. */
export const partsOfKind = <K extends Expression['kind']>(
  expression: Expression,
  kind: K,
): readonly Extract<Expression, { kind: K }>[] =>
  collect<Extract<Expression, { kind: K }>>(
    expression,
    [],
    (part): part is Extract<Expression, { kind: K }> => part.kind === kind,
    (part) => part.kind !== 'instances',
  );
