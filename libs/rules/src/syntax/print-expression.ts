import { represent } from '../values/represent.js';
import type { Comparison, Expression } from './expression.js';
import { bindingPower } from './operators.js';
import { tagName } from './tag-name.js';

const level = { or: 1, and: 2, not: 3, comparison: 4, operand: 5, unary: 100, postfix: 110 };

/** How strongly what an expression prints holds together. */
const strengthOf = (expression: Expression): number => {
  switch (expression.kind) {
    case 'logical':
      return level[expression.operator];
    case 'not':
      return level.not;
    case 'comparison':
    case 'presence':
      return level.comparison;
    case 'binary':
      return bindingPower[expression.operator];
    case 'unary':
      return level.unary;
    case 'literal':
      return typeof expression.value === 'number' || typeof expression.value === 'bigint' ? level.unary : level.postfix;
    case 'tag':
    case 'sequence':
    case 'function':
    case 'method':
    case 'index':
    case 'slice':
      return level.postfix;
  }
};

const atLeast = (strength: number, expression: Expression): string =>
  strengthOf(expression) >= strength ? printExpression(expression) : `(${printExpression(expression)})`;

const list = (expressions: readonly Expression[]): string => expressions.map(printExpression).join(', ');

const printTag = (name: string, matching: 'exact' | 'any-case'): string => {
  if (matching === 'any-case') return `tags.${name}`;
  return new RegExp(`^(?:${tagName.source})$`).test(name) ? `@${name}@` : `tags[${represent(name)}]`;
};

const printComparison = ({ first, links }: Comparison): string =>
  [
    atLeast(level.operand, first),
    ...links.map(({ operator, operand }) => `${operator} ${atLeast(level.operand, operand)}`),
  ].join(' ');

/** Writes an expression in one line, with no more parentheses than it takes to read the same expression from it. */
export const printExpression = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
      return represent(expression.value);
    case 'tag':
      return printTag(expression.name, expression.matching);
    case 'presence':
      return `${atLeast(level.operand, expression.name)} ${expression.negated ? 'not in' : 'in'} tags`;
    case 'sequence': {
      const items = list(expression.items);
      if (expression.sequence === 'list') return `[${items}]`;
      return expression.items.length === 1 ? `(${items},)` : `(${items})`;
    }
    case 'logical': {
      const strength = level[expression.operator] + 1;
      return expression.operands.map((operand) => atLeast(strength, operand)).join(` ${expression.operator} `);
    }
    case 'not':
      return `not ${atLeast(level.not, expression.operand)}`;
    case 'comparison':
      return printComparison(expression);
    case 'binary': {
      const power = bindingPower[expression.operator];
      return `${atLeast(power, expression.left)} ${expression.operator} ${atLeast(power + 1, expression.right)}`;
    }
    case 'unary':
      return expression.operator + atLeast(level.unary, expression.operand);
    case 'function':
      return `${expression.name}(${list(expression.arguments)})`;
    case 'method':
      return `${atLeast(level.postfix, expression.subject)}.${expression.name}(${list(expression.arguments)})`;
    case 'index':
      return `${atLeast(level.postfix, expression.subject)}[${printExpression(expression.index)}]`;
    case 'slice': {
      const [from, to] = [expression.from, expression.to].map((bound) => (bound ? printExpression(bound) : ''));
      return `${atLeast(level.postfix, expression.subject)}[${from}:${to}]`;
    }
  }
};
