import type { AnswerCode } from './answer-code.js';
import type { Question } from './question.js';

/** A condition as far as its truth goes: what joins its expressions, which are asked as questions. */
export type Logic =
  | { readonly kind: 'constant'; readonly code: AnswerCode; readonly cost: number }
  | { readonly kind: 'question'; readonly question: Question; readonly place: number }
  /** The condition of another rule. */
  | { readonly kind: 'rule'; readonly rule: number }
  | { readonly kind: 'not'; readonly part: Logic }
  /** `and` and `or` end at the part that decides; `all` and `some`, from `&` and `|`, ask every part. */
  | { readonly kind: 'and' | 'or' | 'all' | 'some'; readonly parts: readonly Logic[] };
