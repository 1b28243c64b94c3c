import { functions } from '../functions/functions.js';
import { methods } from '../functions/methods.js';
import type { Binary, Comparison, Expression, MethodCall, Unary } from '../syntax/expression.js';
import { partsOf } from '../syntax/parts-of.js';
import { printExpression } from '../syntax/print-expression.js';
import { binaryKind } from '../values/binary-operator.js';
import { shorten } from '../values/code-points.js';
import { isNumeric, isOrderedContainer, kindOf, kindOfSequence, type Kind } from '../values/kind.js';
import { checkLink } from './check-link.js';
import type { Finding } from './finding.js';

/** Works out what kind of value every expression has, as far as that does not depend on the header. */
export class KindChecker {
  readonly findings: Finding[] = [];

  /** The kind of an expression; finds what cannot work on the way. */
  kindOf(expression: Expression): Kind | 'anything' {
    const kinds = partsOf(expression).map((part) => this.kindOf(part));
    switch (expression.kind) {
      case 'literal':
        return kindOf(expression.value);
      case 'tag':
        return 'text';
      case 'presence':
      case 'exists':
      case 'rule':
      case 'not':
        return 'a truth value';
      case 'header-size':
        return 'a whole number';
      case 'series':
        return expression.what === 'count' ? 'a whole number' : 'a set';
      case 'instances':
        return expression.quantifier === 'count' ? 'a whole number' : 'a truth value';
      case 'each':
        return 'an iterator';
      case 'comparison':
        this.#comparison(expression, kinds);
        return 'a truth value';
      case 'sequence':
        return kindOfSequence(expression.sequence);
      case 'logical':
        return kinds.every((kind) => kind === kinds[0]) ? (kinds[0] ?? 'anything') : 'anything';
      case 'binary':
        return this.#binary(expression, kinds);
      case 'unary':
        return this.#unary(expression, kinds[0] ?? 'anything');
      case 'function':
        return functions.get(expression.name)?.returns ?? 'anything';
      case 'method':
        return this.#method(expression, kinds[0] ?? 'anything');
      case 'index':
      case 'slice':
        return this.#position(expression, kinds[0] ?? 'anything');
    }
  }

  #impossible(expression: Pick<Expression, 'at'>, message: string, suggestion?: string): 'anything' {
    const place = { severity: 'error', code: 'rules.impossible', offset: expression.at } as const;
    this.findings.push(suggestion === undefined ? { ...place, message } : { ...place, message, suggestion });
    return 'anything';
  }

  #comparison({ first, links }: Comparison, kinds: readonly (Kind | 'anything')[]): void {
    let left = first;
    for (const [index, { operator, operand }] of links.entries()) {
      const sides = {
        left,
        right: operand,
        leftKind: kinds[index] ?? 'anything',
        rightKind: kinds[index + 1] ?? 'anything',
      };
      this.findings.push(...checkLink(operator, sides));
      left = operand;
    }
  }

  #binary(
    expression: Binary,
    [left = 'anything', right = 'anything']: readonly (Kind | 'anything')[],
  ): Kind | 'anything' {
    if (left === 'anything' || right === 'anything') return 'anything';
    const { operator } = expression;
    const kind = binaryKind(operator, left, right);
    if (kind !== undefined) return kind;
    const message = `'${operator}' is not defined for ${left} and ${right}`;
    if (operator === '%' && left === 'text')
      return this.#impossible(expression, 'filling values into a text with % is not part of the rule language');
    if (operator !== '|' && operator !== '&') return this.#impossible(expression, message);
    const word = operator === '|' ? 'or' : 'and';
    return this.#impossible(expression, `${message}; it binds more strongly than comparisons`, `use ${word}`);
  }

  #unary({ operator, at }: Unary, kind: Kind | 'anything'): Kind | 'anything' {
    if (kind === 'anything') return kind;
    const isWhole = kind === 'a whole number' || kind === 'a truth value';
    if (!isNumeric(kind) || (operator === '~' && !isWhole))
      return this.#impossible({ at }, operator === '~' ? `'~' is not defined for ${kind}` : `${kind} has no sign`);
    return kind === 'a truth value' ? 'a whole number' : kind;
  }

  #method(expression: MethodCall, subject: Kind | 'anything'): Kind | 'anything' {
    const method = methods.get(expression.name);
    if (subject !== 'anything' && !method?.on?.includes(subject)) {
      const printed = shorten(printExpression(expression.subject), 80);
      const owner = method?.on?.includes('text') ? 'text' : 'sets';
      return this.#impossible(expression, `${expression.name}() is a method of ${owner}, but ${printed} is ${subject}`);
    }
    return method?.returns ?? 'anything';
  }

  #position(expression: Expression, subject: Kind | 'anything'): Kind | 'anything' {
    if (subject !== 'anything' && !isOrderedContainer(subject))
      return this.#impossible(expression, `${subject} has no positions`);
    return subject === 'text' || expression.kind === 'slice' ? subject : 'anything';
  }
}
