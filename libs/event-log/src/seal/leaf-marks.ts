const BYTES = 2;

/** The first two bytes of every leaf, Base64: enough to tell which leaf a wrong root is about, and too little to prove it. */
export const leafMarks = (leaves: readonly Buffer[]): string =>
  Buffer.concat(leaves.map((leaf) => leaf.subarray(0, BYTES))).toString('base64');

/** Whether a leaf may be the one that was marked at a place; every leaf may where there is no mark. */
export const fitsMark = (leaf: Buffer, marks: Buffer, place: number): boolean => {
  const mark = marks.subarray(place * BYTES, (place + 1) * BYTES);
  return leaf.subarray(0, mark.length).equals(mark);
};
