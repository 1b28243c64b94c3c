import { RE2JS, RE2JSException } from 're2js';

const mostKept = 500;
const longestPattern = 1000;
const read = new Map<string, RE2JS | string>();

const compile = (pattern: string): RE2JS | string => {
  if (pattern.length > longestPattern)
    return `it has ${pattern.length} characters, at most ${longestPattern} are allowed`;
  try {
    return RE2JS.compile(pattern);
  } catch (thrown) {
    if (thrown instanceof RE2JSException) return thrown.message;
    throw thrown;
  }
};

/**
 * A regular expression in the syntax of RE2, which looks at each character of a text a bounded number of times, whatever
 * the pattern: no back references, no look-around. The sentence that says why instead, where it cannot be read.
 */
export const regularExpression = (pattern: string): RE2JS | string => {
  const known = read.get(pattern);
  if (known !== undefined) return known;
  if (read.size === mostKept) read.clear();
  const compiled = compile(pattern);
  read.set(pattern, compiled);
  return compiled;
};
