import type { Expression, TagValue } from '../syntax/expression.js';
import { readsOf, type Read } from '../syntax/parts-of.js';

/** The same for tags that have the same value in every header. */
export const keyOfTag = ({ name, matching }: TagValue): string => `${matching === 'any-case' ? 'any' : 'one'} ${name}`;

/** The tag that is looked at, where that is known beforehand. */
const tagOf = (read: Read): TagValue | undefined => {
  if (read.kind === 'tag') return read;
  if (read.kind === 'exists') return read.tag;
  if (read.kind !== 'presence' || read.name.kind !== 'literal' || typeof read.name.value !== 'string') return undefined;
  return { kind: 'tag', name: read.name.value, matching: 'exact', at: read.at };
};

/** The one tag that an expression looks at, if it looks at nothing else. */
export const onlyTag = (expression: Expression): TagValue | undefined => {
  const tags = readsOf(expression).map(tagOf);
  const [first] = tags;
  return first && tags.every((tag) => tag && keyOfTag(tag) === keyOfTag(first)) ? first : undefined;
};
