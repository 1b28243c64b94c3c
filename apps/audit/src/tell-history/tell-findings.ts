import type { ShownIdentity } from './show-identities.js';

/** Characters of a line; the event has all of it. */
const LONGEST = 1000;

/** What a module found, in one line; why nobody can say, where that is so. */
export const tellFindings = (findings: ShownIdentity): string => {
  if (typeof findings === 'string') return findings;
  const line = Object.entries(findings)
    .map(([name, value]) => `${name} = ${value}`)
    .join('; ')
    .replaceAll(/\p{Cc}+/gu, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
};
