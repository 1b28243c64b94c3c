import { represent } from '../values/represent.js';
import type { Binary, Comparison, Expression, OverInstances, SequenceOf, Slice, TagValue } from './expression.js';
import { bindingPower } from './operators.js';
import { keyOfResult } from './result-name.js';

const level = { or: 1, and: 2, not: 3, comparison: 4, operand: 5, unary: 100, power: 105, postfix: 110 };

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
      return expression.operator === '**' ? level.power : bindingPower[expression.operator];
    case 'unary':
      return level.unary;
    case 'literal':
      return typeof expression.value === 'number' || typeof expression.value === 'bigint' ? level.unary : level.postfix;
    case 'tag':
    case 'exists':
    case 'header-size':
    case 'sequence':
    case 'function':
    case 'method':
    case 'each':
    case 'index':
    case 'slice':
    case 'rule':
    case 'series':
    case 'instances':
      return level.postfix;
  }
};

const atLeast = (strength: number, expression: Expression): string =>
  strengthOf(expression) >= strength ? printExpression(expression) : `(${printExpression(expression)})`;

const list = (expressions: readonly Expression[]): string => expressions.map(printExpression).join(', ');

const printTag = ({ name, matching }: TagValue): string => {
  if (matching === 'result') return printResult(keyOfResult(name));
  if (matching === 'required') return `@${name}@`;
  return matching === 'any-case' ? `tags.${name}` : `tags[${represent(name)}]`;
};

const printResult = (key: string): string =>
  /^[A-Za-z][A-Za-z0-9_]*$/.test(key) ? `result.${key}` : `result[${represent(key)}]`;

const printSlice = ({ subject, from, to, step }: Slice): string => {
  const [first, last, every] = [from, to, step].map((bound) => (bound ? printExpression(bound) : ''));
  return `${atLeast(level.postfix, subject)}[${first}:${last}${step ? `:${every}` : ''}]`;
};

const printSequence = ({ sequence, items }: SequenceOf): string => {
  const all = list(items);
  if (sequence === 'list') return `[${all}]`;
  if (sequence === 'set') return `{${all}}`;
  return items.length === 1 ? `(${all},)` : `(${all})`;
};

const printBinary = ({ operator, left, right }: Binary): string => {
  if (operator === '**') {
    const base = left.kind === 'literal' ? printExpression(left) : atLeast(level.postfix, left);
    return `${base} ** ${atLeast(level.unary, right)}`;
  }
  const power = bindingPower[operator];
  return `${atLeast(power, left)} ${operator} ${atLeast(power + 1, right)}`;
};

const printOverInstances = ({ quantifier, condition }: OverInstances): string =>
  `${quantifier}_instance${quantifier === 'any' ? '' : 's'}(${printExpression(condition)})`;

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
      return printTag(expression);
    case 'exists':
      return `exists(${printTag(expression.tag)})`;
    case 'header-size':
      return 'len(tags)';
    case 'rule':
      return `rule(${represent(expression.name)})`;
    case 'series':
      return expression.what === 'count' ? 'series.count' : `series.values(${represent(expression.what.values)})`;
    case 'instances':
      return printOverInstances(expression);
    case 'presence':
      return `${atLeast(level.operand, expression.name)} ${expression.negated ? 'not in' : 'in'} tags`;
    case 'sequence':
      return printSequence(expression);
    case 'logical': {
      const strength = level[expression.operator] + 1;
      return expression.operands.map((operand) => atLeast(strength, operand)).join(` ${expression.operator} `);
    }
    case 'not':
      return `not ${atLeast(level.not, expression.operand)}`;
    case 'comparison':
      return printComparison(expression);
    case 'binary':
      return printBinary(expression);
    case 'unary':
      return expression.operator + atLeast(level.unary, expression.operand);
    case 'function':
      return `${expression.name}(${list(expression.arguments)})`;
    case 'method':
      return `${atLeast(level.postfix, expression.subject)}.${expression.name}(${list(expression.arguments)})`;
    case 'index':
      return `${atLeast(level.postfix, expression.subject)}[${printExpression(expression.index)}]`;
    case 'slice':
      return printSlice(expression);
    case 'each': {
      const { how, operation, over } = expression;
      return `${how}(${operation.kind === 'method' ? 'str.' : ''}${operation.name}, ${printExpression(over)})`;
    }
  }
};
