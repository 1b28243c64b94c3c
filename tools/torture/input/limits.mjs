const MEBIBYTE = 1_048_576;

/**
 * What the receiver may remember of streams, bytes; on the reading side as much again. It is little, so that it is reached
 * before a run ends.
 */
export const STATE_MEMORY = 4 * MEBIBYTE;

/** What the receiver may hold at the end more than at the beginning, and at any moment. */
const limits = {
  /** What a Waystation remembers of streams has its limit, once for writing and once for reading; the rest is what there always is. */
  heap: 16 * MEBIBYTE + 2 * STATE_MEMORY,
  /** The runtime keeps room for the largest crowd that was there. */
  rss: 192 * MEBIBYTE,
  /** From the middle of what is changed by chance to its end: one step of the runtime, which takes tens of MiB at a time. */
  creep: 64 * MEBIBYTE,
  /** The same of the heap, in the last third of the long form: by then what is remembered is at its limit. */
  climb: 3 * MEBIBYTE,
  peak: 512 * MEBIBYTE,
  files: 8,
};

/** Batches of which what is remembered is at its limit when two thirds have come. */
const LONG = 9;

export const mebibytes = (bytes) => `${(bytes / MEBIBYTE).toFixed(0)} MiB`;

/** What of memory and file handles is not as it was at the beginning, a sentence each. */
export function growth(before, after) {
  const sentences = [];
  const grew = (what, less, more, limit) => {
    if (more - less > limit) sentences.push(`${what} grew from ${mebibytes(less)} to ${mebibytes(more)}`);
  };
  grew('the heap', before.heapUsed + before.external, after.heapUsed + after.external, limits.heap);
  grew('resident memory', before.rss, after.rss, limits.rss);
  if (after.peak > limits.peak) sentences.push(`resident memory had a peak of ${mebibytes(after.peak)}`);
  if (after.files > before.files + limits.files)
    sentences.push(`open files grew from ${before.files} to ${after.files}`);
  return sentences;
}

/** Whether memory still grew when the same load had come for a while, a sentence each. */
export function creep(batches) {
  const sentences = [];
  const last = batches.at(-1);
  const grew = (what, of, from, limit) => {
    if (of(last) - of(from) <= limit) return;
    sentences.push(`${what} crept from ${mebibytes(of(from))} (${from.name}) to ${mebibytes(of(last))} (${last.name})`);
  };
  if (batches.length >= 3)
    grew('resident memory', ({ held }) => held.rss, batches[Math.floor(batches.length / 2)], limits.creep);
  if (batches.length >= LONG)
    grew('the heap', ({ held }) => held.heapUsed, batches[Math.floor((batches.length * 2) / 3)], limits.climb);
  return sentences;
}
