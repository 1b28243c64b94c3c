import type { SeparatedFacts } from '@waystation/dicom';

const WHOLE_NUMBER = /^\s*\+?0*([1-9]\d{0,6})\s*$/;

/**
 * An element that was asked for beside the routing header. What identifies patients by the standard is never taken for a
 * number of objects: that stands in the log for all to read.
 */
const ADDITIONAL = /^(\(|[0-9A-F]{4},)/;

/**
 * How many objects an object says that its series has.
 * @param name of the fact that says so
 * @returns undefined where it says nothing, or nothing that is a whole number from 1 to 9,999,999
 */
export const expectedCountIn = ({ header, identity }: SeparatedFacts, name: string): number | undefined => {
  const text = header[name] ?? (ADDITIONAL.test(name) ? identity[name] : undefined);
  const [, digits] = WHOLE_NUMBER.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
};
