/** What a requestor proposes: one abstract syntax, and transfer syntaxes in its order of preference (PS3.8 9.3.2.2). */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** Result of a presentation context, PS3.8 table 9-18. */
export const contextResult = {
  acceptance: 0,
  userRejection: 1,
  noReason: 2,
  abstractSyntaxNotSupported: 3,
  transferSyntaxesNotSupported: 4,
} as const;

export type ContextResult = (typeof contextResult)[keyof typeof contextResult];
export type ContextRefusal = Exclude<ContextResult, 0>;

/** What an acceptor answers for one context. The transfer syntax counts only where the result is acceptance. */
export interface AnsweredContext {
  readonly id: number;
  readonly result: number;
  readonly transferSyntax: string;
}
