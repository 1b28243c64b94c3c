import { CodedError, messageOf } from '@waystation/kernel';

/** Texts, so that nothing in them is taken for something else, and the numbers that Python writes and JSON has not. */
const textOrNumber = /"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\bInfinity\b|\bNaN\b/gs;

/**
 * Reads what Python's `json` wrote: an object, with `NaN` and `Infinity` (as texts) where JSON has no numbers.
 * @throws CodedError `mercure-import.not-json`
 */
export const readMercureJson = (text: string): Readonly<Record<string, unknown>> => {
  const json = text
    .replace(/^\uFEFF/, '')
    .replaceAll(textOrNumber, (found) => (found.startsWith('"') ? found : JSON.stringify(found)));
  const value = parse(json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  const found = Array.isArray(value) ? 'a list' : JSON.stringify(value).slice(0, 40);
  throw new CodedError('mercure-import.not-json', `a configuration of mercure is a JSON object, this is ${found}`);
};

const parse = (json: string): unknown => {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new CodedError('mercure-import.not-json', `this is no JSON: ${messageOf(error)}`, { cause: error });
  }
};
