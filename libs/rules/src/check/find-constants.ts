import type { Expression, Logical } from '../syntax/expression.js';
import { partsOf, readsOf } from '../syntax/parts-of.js';
import { printExpression } from '../syntax/print-expression.js';
import { shorten } from '../values/code-points.js';
import type { Finding } from './finding.js';

/** For `@Modality@ == 'MR' or 'CT'`: the comparison that was meant. */
const membership = ({ operator, operands }: Logical, constant: Expression): { readonly suggestion?: string } => {
  const before = operands[operands.indexOf(constant) - 1];
  const [link] = before?.kind === 'comparison' ? before.links : [];
  if (operator !== 'or' || before?.kind !== 'comparison' || link?.operator !== '==') return {};
  const values = [link.operand, constant].map(printExpression).join(', ');
  return { suggestion: shorten(`write ${printExpression(before.first)} in (${values})`, 200) };
};

/** Finds operands of `and` and `or` that do not depend on the header. */
export const findConstants = (expression: Expression): readonly Finding[] => {
  const inside = partsOf(expression).flatMap(findConstants);
  if (expression.kind !== 'logical') return inside;
  const here = expression.operands
    .filter((operand) => readsOf(operand).length === 0)
    .map((operand): Finding => {
      const message = `${shorten(printExpression(operand), 80)} is the same for every series`;
      const place = { severity: 'warning', code: 'rules.suspicious', offset: operand.at } as const;
      return { ...place, message, ...membership(expression, operand) };
    });
  return [...inside, ...here];
};
