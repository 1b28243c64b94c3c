import type { Expression, TagPresence, TagValue } from './expression.js';

/** The expressions an expression is made of, in the order of the text. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'literal':
    case 'tag':
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
    case 'index':
      return [expression.subject, expression.index];
    case 'slice':
      return [expression.subject, expression.from, expression.to].filter((part) => part !== undefined);
  }
};

/** What reads the header. */
export type Read = TagValue | TagPresence;

const collectReads = (expression: Expression, reads: Read[]): void => {
  for (const part of partsOf(expression)) collectReads(part, reads);
  if (expression.kind === 'tag' || expression.kind === 'presence') reads.push(expression);
};

/** Whatever an expression reads from the header, from left to right. */
export const readsOf = (expression: Expression): readonly Read[] => {
  const reads: Read[] = [];
  collectReads(expression, reads);
  return reads;
};
