import { isSequence, type Value } from './value.js';

/** Characters of text and items, those inside items as well. */
export const sizeOf = (value: Value): number => {
  if (typeof value === 'string') return value.length;
  if (!isSequence(value)) return 0;
  let size = value.items.length;
  for (const item of value.items) size += sizeOf(item);
  return size;
};
