import { CodedError } from '@waystation/kernel';
import type { Expression } from './syntax/expression.js';
import { mostConditionCharacters } from './syntax/limits.js';
import { Parser } from './syntax/parser.js';
import { pointTo, positionOf } from './syntax/position.js';
import { SyntaxFailure } from './syntax/syntax-failure.js';
import { TokenStream } from './syntax/token-stream.js';
import { tokenize } from './syntax/tokenize.js';

/** A condition as it was written and as it is understood. */
export interface Condition {
  readonly text: string;
  readonly expression: Expression;
}

/** Reads a condition. Throws SyntaxFailure. */
export const readCondition = (text: string): Condition => {
  if (text.length > mostConditionCharacters)
    throw new SyntaxFailure(
      mostConditionCharacters,
      `the condition has ${text.length} characters, at most ${mostConditionCharacters} are allowed`,
    );
  const tokens = tokenize(text);
  if (tokens[0]?.kind === 'end') throw new SyntaxFailure(0, 'the condition is empty', 'write True for every series');
  return { text, expression: new Parser(new TokenStream(tokens)).parse() };
};

/**
 * Reads a condition of the rule language: at most 10 000 characters, nested at most 200 levels deep.
 *
 * Throws CodedError `rules.syntax`. Its message is a sentence, the line and a caret below the place; its details are
 * `sentence`, `suggestion` (where there is one), `line`, `column` (both from 1) and `offset` (from 0).
 */
export const parseCondition = (text: string): Condition => {
  try {
    return readCondition(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxFailure)) throw thrown;
    const position = positionOf(text, thrown.offset);
    const { message: sentence, suggestion } = thrown;
    const whole = suggestion === undefined ? sentence : `${sentence} — ${suggestion}`;
    throw new CodedError(
      'rules.syntax',
      `${whole} (line ${position.line}, column ${position.column})\n${pointTo(text, position)}`,
      { details: { sentence, ...(suggestion === undefined ? {} : { suggestion }), ...position } },
    );
  }
};

/** Reads a condition; undefined where it cannot be read. */
export const readOrNothing = (text: string): Condition | undefined => {
  try {
    return readCondition(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxFailure) return undefined;
    throw thrown;
  }
};
