import { codeOf, type AnswerCode } from './answer-code.js';
import type { Logic } from './logic.js';
import type { Question } from './question.js';

/** One thing that has to be so: the answer to a question, or to the condition of another rule. */
export interface Literal {
  readonly of: Question | { readonly rule: number };
  readonly place: number;
  readonly code: AnswerCode;
}

/** Things that all have to be so. */
export type Term = readonly Literal[];

/** The ways in which a condition is true, and those in which it is false; in every other it has no value. */
export interface Ways {
  readonly true: readonly Term[];
  readonly false: readonly Term[];
}

/** More ways than this are not listed. */
const mostTerms = 48;

class TooMany extends Error {}

const both = (left: readonly Term[], right: readonly Term[]): readonly Term[] => {
  if (left.length * right.length > mostTerms) throw new TooMany();
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
};

const either = (...all: readonly (readonly Term[])[]): readonly Term[] => {
  const terms = all.flat();
  if (terms.length > mostTerms) throw new TooMany();
  return terms;
};

const always: readonly Term[] = [[]];
const never: readonly Term[] = [];

const swapped = ({ true: yes, false: no }: Ways): Ways => ({ true: no, false: yes });

/** `and` ends at the first part that is false; what comes after it need not have a value. */
const ended = (parts: readonly Ways[]): Ways => {
  let ways: Ways = { true: always, false: never };
  for (const part of parts)
    ways = { true: both(ways.true, part.true), false: either(ways.false, both(ways.true, part.false)) };
  return ways;
};

/** `&` looks at every part, whatever the others are. */
const joined = (parts: readonly Ways[]): Ways => {
  let ways: Ways = { true: always, false: never };
  for (const part of parts)
    ways = {
      true: both(ways.true, part.true),
      false: either(both(ways.true, part.false), both(ways.false, part.true), both(ways.false, part.false)),
    };
  return ways;
};

const waysOf = (logic: Logic): Ways => {
  switch (logic.kind) {
    case 'constant':
      return {
        true: logic.code === codeOf.true ? always : never,
        false: logic.code === codeOf.false ? always : never,
      };
    case 'question':
    case 'rule': {
      const { of, place } =
        logic.kind === 'rule' ? { of: logic, place: 0 } : { of: logic.question, place: logic.place };
      return { true: [[{ of, place, code: codeOf.true }]], false: [[{ of, place, code: codeOf.false }]] };
    }
    case 'not':
      return swapped(waysOf(logic.part));
    case 'and':
      return ended(logic.parts.map(waysOf));
    case 'or':
      return swapped(ended(logic.parts.map(waysOf).map(swapped)));
    case 'all':
      return joined(logic.parts.map(waysOf));
    case 'some':
      return swapped(joined(logic.parts.map(waysOf).map(swapped)));
  }
};

/** The ways in which a condition is true or false; undefined where there are too many. */
export const termsOf = (logic: Logic): Ways | undefined => {
  try {
    return waysOf(logic);
  } catch (thrown) {
    if (thrown instanceof TooMany) return undefined;
    throw thrown;
  }
};

/** Steps that a condition takes beside those of its questions, and how many of these there are. */
export const costOf = (logic: Logic): { readonly steps: number; readonly questions: number } => {
  switch (logic.kind) {
    case 'constant':
      return { steps: logic.cost, questions: 0 };
    case 'question':
      return { steps: 0, questions: 1 };
    case 'rule':
      return { steps: 1, questions: 0 };
    case 'not':
    case 'and':
    case 'or':
    case 'all':
    case 'some': {
      const parts = (logic.kind === 'not' ? [logic.part] : logic.parts).map(costOf);
      const steps = parts.reduce((total, part) => total + part.steps, 1);
      return { steps, questions: parts.reduce((total, part) => total + part.questions, 0) };
    }
  }
};
