import { contextResult, type ContextRefusal, type ProposedContext } from '../pdu/presentation-context.js';

/** The Verification SOP class, PS3.4 annex A. */
export const VERIFICATION_SOP_CLASS = '1.2.840.10008.1.1';

/** The answer to one proposed context: the transfer syntax to use, or why there is none (PS3.8 table 9-18). */
export type ContextAnswer =
  { readonly id: number; readonly transferSyntax: string } | { readonly id: number; readonly refused: ContextRefusal };

/**
 * Chooses one of the proposed transfer syntaxes of an abstract syntax. A number refuses with that result; undefined
 * refuses because the abstract syntax is not supported.
 */
export type Acceptance = (
  abstractSyntax: string,
  transferSyntaxes: readonly string[],
) => string | ContextRefusal | undefined;

/** Answers every context on its own. Verification is always accepted: it carries no data set to be encoded. */
export const negotiate = (contexts: readonly ProposedContext[], accepts: Acceptance): readonly ContextAnswer[] =>
  contexts.map(({ id, abstractSyntax, transferSyntaxes }) => {
    const chosen =
      abstractSyntax === VERIFICATION_SOP_CLASS ? transferSyntaxes[0] : accepts(abstractSyntax, transferSyntaxes);
    if (typeof chosen === 'string') return { id, transferSyntax: chosen };
    return { id, refused: chosen ?? contextResult.abstractSyntaxNotSupported };
  });
