import { suggest } from '../suggest.js';
import type { Expression, TagValue } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import { capitalized, isNumber, isPrivateNumber } from '../syntax/tag-name.js';
import type { Finding } from './finding.js';
import { KnownTags } from './known-tags.js';

interface Asked {
  readonly name: string;
  readonly anyCase: boolean;
  /** Whether it is enough that the header has it. */
  readonly presence: boolean;
  readonly isResult: boolean;
  readonly at: number;
}

const isOwn = { anyCase: false, isResult: false } as const;

const asked = (expression: Expression): readonly Asked[] =>
  readsOf(expression).flatMap((read): readonly Asked[] => {
    if (read.kind === 'tag') return [askedBy(read, false)];
    if (read.kind === 'exists') return [askedBy(read.tag, true)];
    if (read.kind === 'series' && read.what !== 'count')
      return [{ ...isOwn, name: read.what.values, presence: false, at: read.at }];
    if (read.kind !== 'presence') return [];
    const { name } = read;
    return name.kind === 'literal' && typeof name.value === 'string'
      ? [{ ...isOwn, name: name.value, presence: true, at: name.at }]
      : [];
  });

const askedBy = ({ name, matching, at }: TagValue, presence: boolean): Asked => ({
  ...{ name, presence, at },
  anyCase: matching === 'any-case',
  isResult: matching === 'result',
});

type Complaint = Pick<Finding, 'message' | 'suggestion'>;

const notRead = (name: string): Complaint => ({
  message: `${capitalized(name)} is not read from objects`,
  suggestion: isPrivateNumber(name)
    ? `its block may be another in the next object: name who reserved it, as in tags["(${name.slice(0, 4)},xx${name.slice(7)},CREATOR)"]`
    : 'add it to facts.additional of the configuration',
});

const complaintAbout = ({ name, presence }: Asked, known: KnownTags): Complaint => {
  if (isNumber(name)) return notRead(name);
  const inItems = known.inItemsOf(name);
  if (inItems !== undefined && !presence)
    return {
      message: `${name} is a sequence and has no value`,
      suggestion: `ask for one in its items, as in tags.${inItems}`,
    };
  const otherCase = known.inOtherCase(name);
  if (otherCase !== undefined)
    return { message: `${name} is not a known tag: case matters here`, suggestion: `write ${otherCase}` };
  const alike = suggest(name, known.names);
  const message = `${name} is not a known tag`;
  return alike === undefined ? { message } : { message, suggestion: `did you mean ${alike}?` };
};

const kept = new WeakMap<readonly string[], KnownTags>();

/** The names of a list, gone through once for all conditions that are checked against it: there are hundreds of both. */
const knownAmong = (names: readonly string[]): KnownTags => {
  const known = kept.get(names) ?? new KnownTags(names);
  kept.set(names, known);
  return known;
};

/**
 * Finds names that no header can have, in a sequence whatever its item. Of one name only the first use is reported, and
 * of all names the first `most`.
 */
export const findUnknownTags = (
  expression: Expression,
  knownTags: readonly string[],
  most: number,
): readonly Finding[] => {
  const known = knownAmong(knownTags);
  const unknown = new Map<string, Asked>();
  for (const tag of asked(expression)) {
    if (tag.isResult) continue;
    const isKnown =
      known.has(tag.name) ||
      (tag.anyCase && known.inOtherCase(tag.name) !== undefined) ||
      (tag.presence && known.inItemsOf(tag.name) !== undefined);
    if (!isKnown && !unknown.has(tag.name)) unknown.set(tag.name, tag);
  }
  return [...unknown.values()]
    .slice(0, most)
    .map((tag) => ({ severity: 'warning', code: 'rules.unknown-tag', offset: tag.at, ...complaintAbout(tag, known) }));
};
