/** Bytes of memory that states of streams may take in a process, where nobody says otherwise. */
export const STATE_MEMORY = 128 * 1024 * 1024;

/** What the state of a stream takes however little is in it: maps that share what they have in common with those before them. */
export const EMPTY_STATE = 8 * 1024;

const STRING = 24;
const OBJECT = 56;
const PROPERTY = 16;

/**
 * About how many bytes of memory a plain value takes: what may be kept is bounded by it, so that a thousand small streams and
 * one large one are told apart. What is shared with other values counts as if it were not.
 */
export const weightOf = (value: unknown): number => {
  if (typeof value === 'string') return STRING + value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = OBJECT;
  for (const part of Object.values(value)) bytes += PROPERTY + weightOf(part);
  return bytes;
};
