import type { Expression } from './expression.js';
import type { TokenStream } from './token-stream.js';

/** What the parts of the parser share. */
export interface Reading {
  readonly tokens: TokenStream;
  /** Reads an expression that lies inside something that began at an offset. Throws SyntaxFailure. */
  inside(at: number): Expression;
  /** Every new node passes through here. Throws SyntaxFailure where it lies too high over its parts. */
  built<E extends Expression>(expression: E): E;
}
