import { codeOf } from '../decision/answer-code.js';
import { logicOf } from '../decision/logic-of.js';
import { onlyTag } from '../decision/only-tag.js';
import { termsOf, type Term, type Ways } from '../decision/terms.js';
import { ask } from '../evaluation/ask-condition.js';
import { defaultSteps } from '../evaluation/default-steps.js';
import { Meter } from '../evaluation/meter.js';
import { worldOfTag } from '../evaluation/world-of-tag.js';
import type { Expression } from '../syntax/expression.js';
import { partsOf, readsOf } from '../syntax/parts-of.js';
import { printExpression } from '../syntax/print-expression.js';
import { shorten } from '../values/code-points.js';
import { Atom, type Claim } from './atom.js';
import type { Finding } from './finding.js';
import { haveNoNumber } from './number-bounds.js';
import { pinnedValues } from './pinned-values.js';

const agrees = ({ expression, wanted }: Claim, value: string | undefined): boolean =>
  ask(expression, worldOfTag(value), new Meter(defaultSteps)) === (wanted ? 'true' : 'false');

/** Whether no value of a tag makes all that is claimed of it so. */
const excludeEachOther = (claims: readonly Claim[]): boolean => {
  const [pinned] = claims.map(pinnedValues).filter((values) => values !== undefined);
  if (pinned) return !pinned.some((value) => claims.every((claim) => agrees(claim, value)));
  return haveNoNumber(claims);
};

const claimsOf = (term: Term): readonly Claim[] =>
  term.flatMap(({ of, code }) =>
    of instanceof Atom ? [{ expression: of.expression, wanted: code === codeOf.true }] : [],
  );

/** What in a term cannot be so together. */
const conflictIn = (term: Term): readonly Claim[] | undefined => {
  const byTag = new Map<string, Claim[]>();
  for (const claim of claimsOf(term)) {
    if (readsOf(claim.expression).length === 0 && !agrees(claim, undefined)) return [claim];
    const tag = onlyTag(claim.expression);
    if (tag) byTag.set(tag.name, [...(byTag.get(tag.name) ?? []), claim]);
  }
  return [...byTag.values()].find(excludeEachOther);
};

const waysOf = (expression: Expression): Ways | undefined =>
  termsOf(
    logicOf(
      expression,
      () => undefined,
      (part) => ({ kind: 'question', question: new Atom(part), place: 0 }),
    ),
  );

const words = (claims: readonly Claim[]): string =>
  claims
    .slice(0, 3)
    .map(({ expression, wanted }) => `${wanted ? '' : 'not '}${shorten(printExpression(expression), 80)}`)
    .join(' and ');

/** What excludes each other in each of the terms; undefined where one of them can perhaps be so. */
const conflictsIn = (terms: readonly Term[]): readonly (readonly Claim[])[] | undefined => {
  const conflicts = terms.map(conflictIn).filter((conflict) => conflict !== undefined);
  return conflicts.length === terms.length ? conflicts : undefined;
};

const reason = ([first = []]: readonly (readonly Claim[])[]): string => {
  if (first.length === 0) return '';
  return first.length > 1 ? `: ${words(first)} exclude each other` : `: ${words(first)} is never true`;
};

const inside = (expression: Expression): readonly Finding[] =>
  expression.kind === 'logical' || expression.kind === 'not'
    ? partsOf(expression).flatMap((part) => findingsIn(part, 'a part of'))
    : [];

const findingsIn = (expression: Expression, what: 'a part of' | ''): readonly Finding[] => {
  const ways = waysOf(expression);
  if (!ways) return inside(expression);
  const subject = what === '' ? 'the condition' : shorten(printExpression(expression), 80);
  const suspicious = { severity: 'warning', code: 'rules.suspicious', offset: expression.at } as const;
  const impossible = { severity: 'error', code: 'rules.impossible', offset: expression.at } as const;
  const joins = expression.kind === 'logical' ? expression.operator : undefined;
  // Who writes False has said so.
  const isPlain = readsOf(expression).length === 0;
  const never = what === '' || joins === 'and' ? conflictsIn(ways.true) : undefined;
  if (never)
    return [
      { ...(what === '' && !isPlain ? impossible : suspicious), message: `${subject} can never hold${reason(never)}` },
    ];
  const always = joins === 'or' ? conflictsIn(ways.false) : undefined;
  if (!always || always.length === 0 || !always.every((claims) => claims.length > 1)) return inside(expression);
  const message = `${subject} holds whatever the tag is${reason(always)}`;
  return [{ ...suspicious, message, suggestion: 'use and between what must not be' }];
};

/**
 * Finds what can never hold: equalities that exclude each other, empty ranges of numbers, constants that are false. Of
 * what is found in a whole nothing inside it is.
 */
export const findImpossible = (expression: Expression): readonly Finding[] => findingsIn(expression, '');
