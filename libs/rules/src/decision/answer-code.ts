import type { Answer } from '../evaluation/ask-condition.js';

/** What an expression says, as a number. */
export type AnswerCode = 0 | 1 | 2 | 3;

/** The numbers of the answers: what decides is told from what does not by one comparison. */
export const codeOf = { false: 0, true: 1, missing: 2, failed: 3 } as const satisfies Record<Answer, AnswerCode>;

/** Whether an expression had no value at all. */
export const hasNoValue = (code: AnswerCode): boolean => code > codeOf.true;
