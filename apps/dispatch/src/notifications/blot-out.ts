import type { Facts } from '@waystation/events';

const BLOT = '•••';
/** A name of one letter says nothing, and stands in every text. */
const SHORTEST = 2;
/** What is as long as this is found in the middle of a word as well. */
const LONG = 4;

/** The parts of names (PS3.5 6.2.1), and several values. */
const partsOf = (value: string): readonly string[] => [value, ...value.split(/[\\^=\s,]+/)];

/**
 * A text without what identifies a patient, as far as it is written as in the objects, in any case.
 * @param identity what identifies the patient
 */
export const blotOut = (text: string, identity: Facts): string => {
  const words = [...new Set(Object.values(identity).flatMap(partsOf))]
    .map((word) => word.trim())
    .filter((word) => word.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length);
  if (words.length === 0) return text;
  const patterns = words.map((word) => {
    const literal = word.replaceAll(/[$()*+.?[\\\]^{|}/]/g, '\\$&');
    return word.length >= LONG ? literal : `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`;
  });
  return text.replaceAll(new RegExp(patterns.join('|'), 'giu'), BLOT);
};
