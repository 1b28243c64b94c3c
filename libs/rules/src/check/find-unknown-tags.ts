import { suggest } from '../suggest.js';
import type { Expression } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import type { Finding } from './finding.js';

interface Asked {
  readonly name: string;
  readonly anyCase: boolean;
  readonly at: number;
}

const asked = (expression: Expression): readonly Asked[] =>
  readsOf(expression).flatMap((read) => {
    if (read.kind === 'tag') return [{ name: read.name, anyCase: read.matching === 'any-case', at: read.at }];
    const { name } = read;
    return name.kind === 'literal' && typeof name.value === 'string'
      ? [{ name: name.value, anyCase: false, at: name.at }]
      : [];
  });

const byNumber = /^[0-9A-Fa-f]{4},[0-9A-Fa-f]{4}$/;

/**
 * Finds names that no header can have. `gggg,eeee` is always possible: it names elements without a keyword. Of one
 * name only the first use is reported, and of all names the first `most`.
 */
export const findUnknownTags = (
  expression: Expression,
  knownTags: readonly string[],
  most: number,
): readonly Finding[] => {
  const known = new Set(knownTags);
  const lower = new Map(knownTags.map((name) => [name.toLowerCase(), name]));
  const unknown = new Map<string, Asked>();
  for (const tag of asked(expression)) {
    const isKnown =
      known.has(tag.name) || byNumber.test(tag.name) || (tag.anyCase && lower.has(tag.name.toLowerCase()));
    if (!isKnown && !unknown.has(tag.name)) unknown.set(tag.name, tag);
  }
  return [...unknown.values()].slice(0, most).map(({ name, at }): Finding => {
    const place = { severity: 'warning', code: 'rules.unknown-tag', offset: at } as const;
    const otherCase = lower.get(name.toLowerCase());
    if (otherCase !== undefined)
      return { ...place, message: `${name} is not a known tag: case matters here`, suggestion: `write ${otherCase}` };
    const alike = suggest(name, knownTags);
    const message = `${name} is not a known tag`;
    return alike === undefined ? { ...place, message } : { ...place, message, suggestion: `did you mean ${alike}?` };
  });
};
