import type { Facts } from '@waystation/events';
import type { JsonObject } from '../module/json.js';

/** Characters of all findings together; a result of any size is kept as an object. */
const LONGEST_FINDINGS = 4096;

/** The text, numbers and truth values at the top of a result, as rules ask for them; each that there is room for. */
export const findingsOf = (result: JsonObject): Facts => {
  const findings: (readonly [name: string, value: string])[] = [];
  let room = LONGEST_FINDINGS;
  for (const [key, value] of Object.entries(result)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    const taken = key.length + String(value).length;
    if (taken > room) continue;
    room -= taken;
    findings.push([key, String(value)]);
  }
  // A module names them: an assignment to `__proto__` would be lost.
  return Object.fromEntries(findings);
};
