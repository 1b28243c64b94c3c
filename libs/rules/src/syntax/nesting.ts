import type { Expression } from './expression.js';
import { deepestNesting } from './limits.js';
import { partsOf } from './parts-of.js';
import { SyntaxFailure } from './syntax-failure.js';

/** Keeps trees shallow enough to be walked by recursion, however long the condition is. */
export class Nesting {
  #open = 0;
  readonly #heights = new WeakMap<Expression, number>();

  /** Reads something that lies inside something else. */
  inside<T>(at: number, read: () => T): T {
    if (++this.#open > deepestNesting) throw this.#tooDeep(at);
    const result = read();
    this.#open--;
    return result;
  }

  /** Notes the height of a new node over its parts. */
  built<E extends Expression>(expression: E): E {
    const height = 1 + Math.max(0, ...partsOf(expression).map((part) => this.#heights.get(part) ?? 0));
    if (height > deepestNesting) throw this.#tooDeep(expression.at);
    this.#heights.set(expression, height);
    return expression;
  }

  #tooDeep(at: number): SyntaxFailure {
    return new SyntaxFailure(at, `the condition is nested more than ${deepestNesting} levels deep`);
  }
}
