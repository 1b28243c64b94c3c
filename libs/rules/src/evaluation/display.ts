import { readsOf } from '../syntax/parts-of.js';
import type { Expression } from '../syntax/expression.js';
import { printExpression } from '../syntax/print-expression.js';
import { shorten } from '../values/code-points.js';
import { represent } from '../values/represent.js';
import type { Value } from '../values/value.js';

const mostShown = 200;
const mask = '•••';

const printed = new WeakMap<Expression, string>();

/** Writes expressions and values for people, without the values that come from identity keywords. */
export class Display {
  readonly #identity: ReadonlySet<string>;

  constructor(identityKeywords: ReadonlySet<string>) {
    this.#identity = new Set([...identityKeywords].map((keyword) => keyword.toLowerCase()));
  }

  expression(expression: Expression): string {
    const known = printed.get(expression);
    if (known !== undefined) return known;
    const text = shorten(printExpression(expression), mostShown);
    printed.set(expression, text);
    return text;
  }

  /** A truth value is shown even if it comes from identity: the verdict of the rule says as much. */
  value(expression: Expression, value: Value): string {
    if (typeof value !== 'boolean' && this.#readsIdentity(expression)) return mask;
    return typeof value === 'string' ? represent(shorten(value, mostShown)) : shorten(represent(value), mostShown);
  }

  #readsIdentity(expression: Expression): boolean {
    if (this.#identity.size === 0) return false;
    return readsOf(expression).some((read) => {
      const name =
        read.kind === 'tag'
          ? read.name
          : read.kind === 'series' && read.what !== 'count'
            ? read.what.values
            : undefined;
      return name !== undefined && this.#identity.has(name.toLowerCase());
    });
  }
}
