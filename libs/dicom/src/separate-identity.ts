import { routingElements } from './dictionary/routing-elements.js';

const identityKeywords: ReadonlySet<string> = new Set(
  routingElements.filter(({ identity }) => identity).map(({ keyword }) => keyword),
);

/** Facts parted by whether they say who the person is. */
export interface SeparatedFacts {
  readonly header: Readonly<Record<string, string>>;
  readonly identity: Readonly<Record<string, string>>;
}

/** Parts the facts by the identity mark of the routing elements: identity is sealed, the rest is read by everybody. */
export const separateIdentity = (facts: Readonly<Record<string, string>>): SeparatedFacts => {
  const header: Record<string, string> = {};
  const identity: Record<string, string> = {};
  for (const [keyword, value] of Object.entries(facts)) {
    (identityKeywords.has(keyword) ? identity : header)[keyword] = value;
  }
  return { header, identity };
};
