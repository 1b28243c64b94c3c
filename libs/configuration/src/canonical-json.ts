import { CodedError } from '@waystation/kernel';

/** Dates, maps and the like would all look like `{}`. */
const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));

const members = (value: Readonly<Record<string, unknown>>): string =>
  Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`)
    .join(',');

/**
 * JSON without white space and with sorted keys (by UTF-16 code units, as RFC 8785 3.2.3), so that equal values have equal
 * text. Members that are undefined are left out. Throws `configuration.not-json` for what JSON has no word for.
 */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isPlainObject(value)) return `{${members(value)}}`;
  const isJson = value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);
  if (!isJson)
    throw new CodedError(
      'configuration.not-json',
      `a value of type ${typeof value} has no JSON: expected text, a finite number, true, false, null, a list or a plain object`,
    );
  return JSON.stringify(value);
};
