const MEBIBYTE = 1_048_576;

/** What the receiver may hold at the end more than at the beginning, and at any moment. */
const limits = {
  heap: 24 * MEBIBYTE,
  /** An object of a series that is not complete yet is remembered with it, on the writing and on the reading side. */
  heapPerObject: 4_096,
  /** The runtime keeps room for the largest crowd that was there. */
  rss: 192 * MEBIBYTE,
  /** From the middle of what is changed by chance to its end: one step of the runtime, which takes tens of MiB at a time. */
  creep: 64 * MEBIBYTE,
  peak: 512 * MEBIBYTE,
  files: 8,
};

export const mebibytes = (bytes) => `${(bytes / MEBIBYTE).toFixed(0)} MiB`;

/** What of memory and file handles is not as it was at the beginning, a sentence each. @param objects that were kept */
export function growth(before, after, objects) {
  const sentences = [];
  const heap = limits.heap + objects * limits.heapPerObject;
  const grew = (what, less, more, limit) => {
    if (more - less > limit) sentences.push(`${what} grew from ${mebibytes(less)} to ${mebibytes(more)}`);
  };
  grew('the heap', before.heapUsed + before.external, after.heapUsed + after.external, heap);
  grew('resident memory', before.rss, after.rss, limits.rss + objects * limits.heapPerObject);
  if (after.peak > limits.peak) sentences.push(`resident memory had a peak of ${mebibytes(after.peak)}`);
  if (after.files > before.files + limits.files)
    sentences.push(`open files grew from ${before.files} to ${after.files}`);
  return sentences;
}

/** Whether resident memory still grew when the same load had come for a while, as a sentence in a list. */
export function creep(batches) {
  const middle = batches[Math.floor(batches.length / 2)];
  const last = batches.at(-1);
  if (batches.length < 3 || last.held.rss - middle.held.rss <= limits.creep) return [];
  const [from, to] = [mebibytes(middle.held.rss), mebibytes(last.held.rss)];
  return [`resident memory crept from ${from} (${middle.name}) to ${to} (${last.name})`];
}
