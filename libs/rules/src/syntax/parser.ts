import { findOperation } from './check-call.js';
import type { Expression, Link, SequenceOf } from './expression.js';
import { foreignWord } from './foreign.js';
import { mostOverInstances } from './limits.js';
import { Nesting } from './nesting.js';
import { bindingPower, nextBinary, nextComparison } from './operators.js';
import { placeArguments, readArguments, readItems } from './read-arguments.js';
import { readResultOf } from './read-result.js';
import { readSpecial } from './read-special.js';
import { isHeader, readTagOf } from './read-tag.js';
import type { Reading } from './reading.js';
import { SyntaxFailure } from './syntax-failure.js';
import type { TokenStream } from './token-stream.js';

const constants = new Map<string, Extract<Expression, { kind: 'literal' }>['value']>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['pi', Math.PI],
  ['e', Math.E],
]);

/**
 * Reads an expression by recursive descent, operators by binding power, with the grammar and precedence of Python's
 * expressions. Every method reads one level of precedence; weakest first.
 */
export class Parser implements Reading {
  readonly #nesting = new Nesting();
  #overInstances = 0;

  constructor(readonly tokens: TokenStream) {}

  /** The whole condition. Throws SyntaxFailure. */
  parse(): Expression {
    const expression = this.#expression();
    const { at } = this.tokens.peek();
    if (this.tokens.isSymbol(','))
      throw new SyntaxFailure(at, 'several values with a comma between always count as true', 'use and, or');
    if (this.tokens.peek().kind !== 'end') throw this.tokens.unexpected('an operator');
    return expression;
  }

  inside(at: number): Expression {
    return this.#nesting.inside(at, () => this.#expression());
  }

  built<E extends Expression>(expression: E): E {
    if (expression.kind === 'instances' && ++this.#overInstances > mostOverInstances)
      throw new SyntaxFailure(expression.at, `a condition asks about instances at most ${mostOverInstances} times`);
    return this.#nesting.built(expression);
  }

  #expression(): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#not()));
  }

  #joined(operator: 'and' | 'or', read: () => Expression): Expression {
    const first = read();
    if (!this.tokens.isWord(operator)) return first;
    const operands = [first];
    while (this.tokens.isWord(operator)) {
      this.tokens.take();
      operands.push(read());
    }
    return this.built({ kind: 'logical', operator, operands, at: first.at });
  }

  #not(): Expression {
    if (!this.tokens.isWord('not')) return this.#comparison();
    const { at } = this.tokens.take();
    const operand = this.#nesting.inside(at, () => this.#not());
    return this.built({ kind: 'not', operand, at });
  }

  #comparison(): Expression {
    const first = this.#binary(0);
    const links: Link[] = [];
    for (let next = nextComparison(this.tokens); next; next = nextComparison(this.tokens)) {
      const { operator, length } = next;
      const { at } = this.tokens.peek();
      for (let taken = 0; taken < length; taken++) this.tokens.take();
      if (isHeader(this.tokens) && (operator === 'in' || operator === 'not in'))
        return this.#presence(first, operator === 'not in', links.length);
      const operand = this.#binary(0);
      const isConstant = operand.kind === 'literal' && (operand.value === null || typeof operand.value === 'boolean');
      if ((operator === 'is' || operator === 'is not') && !isConstant)
        throw new SyntaxFailure(
          at,
          `${operator} asks for None, True and False only`,
          `use ${operator === 'is' ? '==' : '!='} to compare`,
        );
      links.push({ operator, operand });
    }
    return links.length === 0 ? first : this.built({ kind: 'comparison', first, links, at: first.at });
  }

  #presence(name: Expression, negated: boolean, linksBefore: number): Expression {
    const { at } = this.tokens.take();
    if (linksBefore > 0 || nextComparison(this.tokens))
      throw new SyntaxFailure(at, "'in tags' cannot be part of a chain", "write ('Tag' in tags) in parentheses");
    return this.built({ kind: 'presence', name, negated, at: name.at });
  }

  #binary(weakest: number): Expression {
    let left = this.#unary();
    for (let operator = nextBinary(this.tokens); operator; operator = nextBinary(this.tokens)) {
      const power = bindingPower[operator];
      if (power <= weakest) break;
      this.tokens.take();
      left = this.built({ kind: 'binary', operator, left, right: this.#binary(power), at: left.at });
    }
    return left;
  }

  #unary(): Expression {
    const operator = (['-', '+', '~'] as const).find((symbol) => this.tokens.isSymbol(symbol));
    if (!operator) return this.#power();
    const { at } = this.tokens.take();
    const operand = this.#nesting.inside(at, () => this.#unary());
    return this.built({ kind: 'unary', operator, operand, at });
  }

  #power(): Expression {
    const left = this.#postfix();
    if (!this.tokens.isSymbol('**')) return left;
    const { at } = this.tokens.take();
    const right = this.#nesting.inside(at, () => this.#unary());
    return this.built({ kind: 'binary', operator: '**', left, right, at: left.at });
  }

  #postfix(): Expression {
    let subject = this.#primary();
    for (;;) {
      if (this.tokens.isSymbol('.')) subject = this.#method(subject);
      else if (this.tokens.isSymbol('[')) subject = this.#position(subject);
      else return subject;
    }
  }

  #method(subject: Expression): Expression {
    this.tokens.take();
    const token = this.tokens.take();
    if (token.kind !== 'word') throw new SyntaxFailure(token.at, 'the name of a method belongs after the .');
    const method = findOperation('method', token.text, token.at);
    if (!this.tokens.isSymbol('('))
      throw new SyntaxFailure(token.at, `the method ${token.text} is not called`, `write ${token.text}()`);
    const values = placeArguments(method, readArguments(this), token.at);
    return this.built({ kind: 'method', subject, name: token.text, arguments: values, at: subject.at });
  }

  #position(subject: Expression): Expression {
    const { at } = this.tokens.take();
    const { at: start } = subject;
    const bound = (): Expression | undefined =>
      this.tokens.isSymbol(':') || this.tokens.isSymbol(']') ? undefined : this.inside(at);
    const index = bound();
    const isSlice = this.tokens.skipSymbol(':');
    if (!isSlice && !index) throw this.tokens.unexpected('a position');
    const to = isSlice ? bound() : undefined;
    const step = isSlice && this.tokens.skipSymbol(':') ? bound() : undefined;
    this.tokens.close(']', at);
    if (isSlice || !index) return this.built({ kind: 'slice', subject, from: index, to, step, at: start });
    return this.built({ kind: 'index', subject, index, at: start });
  }

  #primary(): Expression {
    const token = this.tokens.peek();
    if (token.kind === 'word') return this.#named(token.text, token.at);
    if (token.kind === 'symbol') {
      if (token.text === '(') return this.#parenthesised(token.at);
      if (token.text === '[') return this.#sequence('list', readItems(this, ']'), token.at);
      if (token.text === '{') return this.#set(token.at);
    }
    if (token.kind === 'end' || token.kind === 'symbol') throw this.tokens.unexpected('a value');
    this.tokens.take();
    if (token.kind === 'tag') return this.built({ kind: 'tag', name: token.name, matching: 'required', at: token.at });
    if (token.kind === 'number') return this.built({ kind: 'literal', value: token.value, at: token.at });
    let text = token.value;
    for (let next = this.tokens.peek(); next.kind === 'text'; next = this.tokens.peek()) {
      text += next.value;
      this.tokens.take();
    }
    return this.built({ kind: 'literal', value: text, at: token.at });
  }

  #parenthesised(at: number): Expression {
    this.tokens.take();
    if (this.tokens.skipSymbol(')')) return this.#sequence('tuple', [], at);
    const first = this.inside(at);
    if (!this.tokens.isSymbol(',')) {
      this.tokens.close(')', at);
      return first;
    }
    return this.#sequence('tuple', [first, ...readItems(this, ')', at)], at);
  }

  #set(at: number): Expression {
    const items = readItems(this, '}');
    if (items.length === 0) throw new SyntaxFailure(at, '{} is not part of the rule language', 'write set()');
    return this.#sequence('set', items, at);
  }

  #sequence(sequence: SequenceOf['sequence'], items: readonly Expression[], at: number): Expression {
    return this.built({ kind: 'sequence', sequence, items, at });
  }

  #named(word: string, at: number): Expression {
    if (word === 'tags') return readTagOf(this);
    if (word === 'result') return readResultOf(this);
    const constant = constants.get(word);
    if (constant !== undefined) {
      this.tokens.take();
      return this.built({ kind: 'literal', value: constant, at });
    }
    const special = readSpecial(this, word, at);
    if (special) return special;
    if (word === 'not') throw new SyntaxFailure(at, 'not cannot follow this operator', 'write (not …) in parentheses');
    if (word === 'and' || word === 'or' || word === 'in' || word === 'is')
      throw new SyntaxFailure(at, `a value is missing before ${word}`);
    const foreign = foreignWord(word);
    if (foreign) throw new SyntaxFailure(at, foreign.sentence, foreign.suggestion);
    if (!this.tokens.isSymbol('(', 1))
      throw new SyntaxFailure(
        at,
        `${word} is not a name of the rule language`,
        `write @${word}@ for a tag, '${word}' for text`,
      );
    const operation = findOperation('function', word, at);
    this.tokens.take();
    const values = placeArguments(operation, readArguments(this), at);
    return this.built({ kind: 'function', name: word, arguments: values, at });
  }
}
