import type { ReadRule } from '../read-rules.js';
import { requiredTags } from '../evaluation/required-tags.js';
import { codeOf } from './answer-code.js';
import { LogicMaker } from './logic-maker.js';
import type { AnswerClass } from './question.js';
import type { Prepared } from './run.js';
import { presencePlace, TagQuestion, type TagClass } from './tag-question.js';
import { allOf, exclude, include, type TermMask } from './term-mask.js';
import { costOf, termsOf, type Literal, type Term } from './terms.js';

/** A tag that terms depend on. */
export interface AskedTag {
  readonly question: TagQuestion;
  /** The terms that depend on it. */
  readonly terms: TermMask;
}

/** The conditions of rules as terms: a rule matches where all that is in one of its terms is so. */
export interface TermTable {
  readonly conditions: readonly (Prepared | undefined)[];
  /** The rule of each term. */
  readonly ruleOf: readonly number[];
  /** The tags that terms depend on; those first on which most do. */
  readonly tags: readonly AskedTag[];
  /** What terms depend on beside tags. */
  readonly others: ReadonlyMap<number, Term>;
  /** A question that takes more steps may make a condition take too many. */
  readonly mostCost: number;
}

interface OwnTerm {
  readonly rule: number;
  readonly term: Term;
}

/** Whether what joins the parts of a condition leaves steps for its questions. One that does not is asked itself. */
const leavesSteps = ({ logic }: Prepared, steps: number): boolean => costOf(logic).steps <= steps;

const ownTerms = (condition: Prepared | undefined, rule: number, steps: number): readonly OwnTerm[] => {
  if (!condition) return [];
  const itself: Term = [{ of: { rule }, place: 0, code: codeOf.true }];
  const terms = leavesSteps(condition, steps) ? termsOf(condition.logic)?.true : undefined;
  if (!terms) return [{ rule, term: itself }];
  const present = condition.required.map((of): Literal => ({ of, place: presencePlace, code: codeOf.true }));
  return terms.map((term) => ({ rule, term: [...term, ...present] }));
};

const affordable = (conditions: readonly (Prepared | undefined)[], steps: number): number =>
  conditions.reduce((least, condition) => {
    if (!condition || !leavesSteps(condition, steps)) return least;
    const cost = costOf(condition.logic);
    return Math.min(least, (steps - cost.steps) / Math.max(1, cost.questions));
  }, Infinity);

const onTag = (term: Term, question: TagQuestion): Term => term.filter(({ of }) => of === question);

/** Prepares rules for being asked. */
export const termTableOf = (read: readonly ReadRule[], steps: number): TermTable => {
  const places = new Map(read.map(({ rule }, index): [string, number] => [rule.name, index]).toReversed());
  const maker = new LogicMaker(places, steps);
  const conditions = read.map(({ expression }) =>
    expression
      ? { logic: maker.logicOf(expression), required: requiredTags(expression).map((tag) => maker.tag(tag)) }
      : undefined,
  );
  const terms = conditions.flatMap((condition, rule) => ownTerms(condition, rule, steps));
  const mostCost = affordable(conditions, steps);
  const tags = maker.tags.map((question) => {
    const asking = terms.flatMap(({ term }, place) => {
      const literals = onTag(term, question);
      return literals.length === 0 ? [] : [{ place, literals }];
    });
    const mask = allOf(terms.length).fill(0);
    for (const { place } of asking) include(mask, place);
    question.prepare((found: AnswerClass): TagClass => {
      const possible = allOf(terms.length);
      for (const { place, literals } of asking)
        if (literals.some((literal) => found.codes[literal.place] !== literal.code)) exclude(possible, place);
      return { ...found, possible, costly: found.costs.some((cost) => cost > mostCost) };
    });
    return { question, terms: mask, count: asking.length };
  });
  const others = terms.map(({ term }) => term.filter(({ of }) => !(of instanceof TagQuestion)));
  return {
    conditions,
    ruleOf: terms.map(({ rule }) => rule),
    tags: tags.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    others: new Map(others.flatMap((term, place): [number, Term][] => (term.length > 0 ? [[place, term]] : []))),
    mostCost,
  };
};
