/** A set of terms: one bit for each. */
export type TermMask = Int32Array;

/** A set with all of so many terms. */
export const allOf = (count: number): TermMask => new Int32Array(Math.ceil(count / 32)).fill(-1);

/** Puts a term in. */
export const include = (mask: TermMask, term: number): void => {
  mask[term >> 5] = (mask[term >> 5] ?? 0) | (1 << (term & 31));
};

/** Takes a term out. */
export const exclude = (mask: TermMask, term: number): void => {
  mask[term >> 5] = (mask[term >> 5] ?? 0) & ~(1 << (term & 31));
};

/** Whether two sets have a term in common. */
export const haveCommon = (left: TermMask, right: TermMask): boolean => {
  for (let word = 0; word < left.length; word++) if (((left[word] ?? 0) & (right[word] ?? 0)) !== 0) return true;
  return false;
};

/** Leaves in the first set what is in the second as well. */
export const intersect = (mask: TermMask, other: TermMask): void => {
  for (let word = 0; word < mask.length; word++) mask[word] = (mask[word] ?? 0) & (other[word] ?? 0);
};

/** Calls for each term of a set, the lowest first. */
export const forEachTerm = (mask: TermMask, call: (term: number) => void): void => {
  for (let word = 0; word < mask.length; word++) {
    for (let bits = mask[word] ?? 0; bits !== 0; bits &= bits - 1) call(word * 32 + 31 - Math.clz32(bits & -bits));
  }
};
