import type { Expression, TagValue } from '../syntax/expression.js';
import { partsOfKind } from '../syntax/parts-of.js';
import type { Header } from './header.js';

const known = new WeakMap<Expression, readonly TagValue[]>();

/** The tags that the header has to have for a condition to hold, wherever they stand in it: `@Modality@`. */
export const requiredTags = (expression: Expression): readonly TagValue[] => {
  const found = known.get(expression);
  if (found) return found;
  const tags = partsOfKind(expression, 'tag').filter(({ matching }) => matching === 'required');
  known.set(expression, tags);
  return tags;
};

/** The first of them that the header does not have. */
export const missingTagOf = (expression: Expression, header: Header): TagValue | undefined =>
  requiredTags(expression).find((tag) => header.valueOf(tag) === undefined);
