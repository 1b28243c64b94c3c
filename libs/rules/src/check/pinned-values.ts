import type { Expression } from '../syntax/expression.js';
import type { Claim } from './atom.js';

const textOf = (expression: Expression): string | undefined =>
  expression.kind === 'literal' && typeof expression.value === 'string' ? expression.value : undefined;

const textsIn = (expression: Expression): readonly string[] | undefined => {
  if (expression.kind !== 'sequence') return undefined;
  const texts = expression.items.map(textOf).filter((text) => text !== undefined);
  return texts.length === expression.items.length ? texts : undefined;
};

/** The only values a tag can have where a claim holds, for `@Modality@ == 'CT'` and `@Modality@ in ('CT', 'MR')`. */
export const pinnedValues = ({ expression, wanted }: Claim): readonly string[] | undefined => {
  if (expression.kind !== 'comparison') return undefined;
  const [link, ...more] = expression.links;
  if (!link || more.length > 0) return undefined;
  const { first } = expression;
  const { operator, operand } = link;
  if (operator === (wanted ? '==' : '!=')) {
    const text = first.kind === 'tag' ? textOf(operand) : operand.kind === 'tag' ? textOf(first) : undefined;
    return text === undefined ? undefined : [text];
  }
  if (operator === (wanted ? 'in' : 'not in') && first.kind === 'tag') return textsIn(operand);
  return undefined;
};
