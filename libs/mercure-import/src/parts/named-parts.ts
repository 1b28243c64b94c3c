import type { Part } from './part.js';

const isObject = ({ value }: Part): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What mercure keeps by name: an object of objects. What is something else is told, and left out. */
export const namedParts = (part: Part, kind: string): readonly Part[] => {
  if (!isObject(part)) {
    part.notTaken(`it is no object of ${kind}s by their names: mercure cannot read it either`);
    return [];
  }
  if (part.isEmpty) part.taken(`there is no ${kind} in it`);
  for (const each of part.parts.filter((other) => !isObject(other)))
    each.notTaken(`it is no ${kind}: mercure cannot read it either`);
  return part.parts.filter(isObject);
};
