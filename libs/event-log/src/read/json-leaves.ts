/** A string, number, boolean or null of a text; of a string, what is between its quotes. */
export interface JsonLeaf {
  readonly text: string;
  readonly isString: boolean;
}

/** A text taken apart: a piece, a leaf, a piece, and so on; the last is a piece. */
export interface JsonLeaves {
  readonly pieces: readonly string[];
  readonly leaves: readonly JsonLeaf[];
  /** The same of all texts that differ in their leaves only. */
  readonly skeleton: string;
}

/** What no piece contains. */
const BETWEEN = '\0';

/**
 * Takes apart an object as JSON.stringify writes it.
 * @param value what the text says
 * @returns undefined where there is a list in it, or where anybody else wrote it
 */
export const leavesOf = (text: string, value: unknown): JsonLeaves | undefined => {
  if (!isObject(value) || JSON.stringify(value) !== text) return undefined;
  const [pieces, leaves]: [string[], JsonLeaf[]] = [[], []];
  let piece = '';
  const isTakenApart = (object: object): boolean => {
    for (const [at, [key, each]] of Object.entries(object).entries()) {
      if (Array.isArray(each) || key === '__proto__') return false;
      piece += `${at === 0 ? '{' : ','}${JSON.stringify(key)}:`;
      if (isObject(each)) {
        if (!isTakenApart(each)) return false;
        continue;
      }
      const isString = typeof each === 'string';
      const written = JSON.stringify(each);
      leaves.push({
        text: isString ? written.slice(1, -1) : written,
        isString,
      });
      pieces.push(isString ? `${piece}"` : piece);
      piece = isString ? '"' : '';
    }
    piece += Object.keys(object).length === 0 ? '{}' : '}';
    return true;
  };
  if (!isTakenApart(value)) return undefined;
  pieces.push(piece);
  return { pieces, leaves, skeleton: pieces.join(BETWEEN) };
};

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
