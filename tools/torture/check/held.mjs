const MEBIBYTE = 1_048_576;

/** What a process may hold at the end more than after its warm-up. */
const limits = { heap: 24 * MEBIBYTE, rss: 128 * MEBIBYTE, files: 16 };
const mebibytes = (bytes) => `${(bytes / MEBIBYTE).toFixed(0)} MiB`;

/** The fifth invariant: memory and file handles at the end are those of the beginning. */
export const held = ({ processes }) =>
  processes.flatMap(({ name, before, after }) => [
    ...grew('heap-grew', name, heapOf(before), heapOf(after), limits.heap),
    ...grew('memory-grew', name, before.rss, after.rss, limits.rss),
    ...(after.files > before.files + limits.files
      ? [difference('files-grew', `from ${before.files} open files to ${after.files}`, name)]
      : []),
  ]);

const difference = (name, what, where) => ({ invariant: 5, name, what, where });
const heapOf = ({ heapUsed = 0, external = 0 }) => heapUsed + external;
const grew = (name, where, less, more, limit) =>
  more - less > limit ? [difference(name, `from ${mebibytes(less)} to ${mebibytes(more)}`, where)] : [];
