import { methods } from '../functions/methods.js';
import { checkArguments, findOperation } from './check-call.js';
import type { Comparison, Expression, SequenceOf, TagValue } from './expression.js';
import { foreignWord } from './foreign.js';
import { Nesting } from './nesting.js';
import { bindingPower, nextBinary, nextComparison } from './operators.js';
import { SyntaxFailure } from './syntax-failure.js';
import type { TokenStream } from './token-stream.js';

const constants = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/**
 * Reads an expression by recursive descent, operators by binding power, with the grammar and precedence of Python's
 * expressions. Every method reads one level of precedence; weakest first.
 */
export class Parser {
  readonly #nesting = new Nesting();

  constructor(private readonly tokens: TokenStream) {}

  /** The whole condition. Throws SyntaxFailure. */
  parse(): Expression {
    const expression = this.#expression();
    if (this.tokens.peek().kind !== 'end') throw this.tokens.unexpected('an operator');
    return expression;
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
    return this.#nesting.built({ kind: 'logical', operator, operands, at: first.at });
  }

  #not(): Expression {
    if (!this.tokens.isWord('not')) return this.#comparison();
    const { at } = this.tokens.take();
    const operand = this.#nesting.inside(at, () => this.#not());
    return this.#nesting.built({ kind: 'not', operand, at });
  }

  #comparison(): Expression {
    const first = this.#binary(0);
    const links: Comparison['links'][number][] = [];
    for (let next = nextComparison(this.tokens); next; next = nextComparison(this.tokens)) {
      for (let taken = 0; taken < next.length; taken++) this.tokens.take();
      if (this.#isHeader() && (next.operator === 'in' || next.operator === 'not in'))
        return this.#presence(first, next.operator === 'not in', links.length);
      links.push({ operator: next.operator, operand: this.#binary(0) });
    }
    return links.length === 0 ? first : this.#nesting.built({ kind: 'comparison', first, links, at: first.at });
  }

  /** `tags` itself, not one of them. */
  #isHeader(): boolean {
    return this.tokens.isWord('tags') && !this.tokens.isSymbol('.', 1) && !this.tokens.isSymbol('[', 1);
  }

  #presence(name: Expression, negated: boolean, linksBefore: number): Expression {
    const { at } = this.tokens.take();
    if (linksBefore > 0 || nextComparison(this.tokens))
      throw new SyntaxFailure(at, "'in tags' cannot be part of a chain", "write ('Tag' in tags) in parentheses");
    return this.#nesting.built({ kind: 'presence', name, negated, at: name.at });
  }

  #binary(weakest: number): Expression {
    let left = this.#unary();
    for (let operator = nextBinary(this.tokens); operator; operator = nextBinary(this.tokens)) {
      const power = bindingPower[operator];
      if (power <= weakest) break;
      this.tokens.take();
      left = this.#nesting.built({ kind: 'binary', operator, left, right: this.#binary(power), at: left.at });
    }
    return left;
  }

  #unary(): Expression {
    const operator = this.tokens.isSymbol('-') ? '-' : this.tokens.isSymbol('+') ? '+' : undefined;
    if (!operator) return this.#postfix();
    const { at } = this.tokens.take();
    const operand = this.#nesting.inside(at, () => this.#unary());
    return this.#nesting.built({ kind: 'unary', operator, operand, at });
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
    const values = this.#list(')');
    checkArguments(method, values.length, token.at);
    return this.#nesting.built({ kind: 'method', subject, name: token.text, arguments: values, at: subject.at });
  }

  #position(subject: Expression): Expression {
    const { at } = this.tokens.take();
    const { at: start } = subject;
    const bound = (): Expression | undefined =>
      this.tokens.isSymbol(':') || this.tokens.isSymbol(']')
        ? undefined
        : this.#nesting.inside(at, () => this.#expression());
    const index = bound();
    const isSlice = this.tokens.skipSymbol(':');
    if (!isSlice && !index) throw this.tokens.unexpected('a position');
    const to = isSlice ? bound() : undefined;
    this.tokens.close(']', at);
    if (isSlice || !index) return this.#nesting.built({ kind: 'slice', subject, from: index, to, at: start });
    return this.#nesting.built({ kind: 'index', subject, index, at: start });
  }

  #primary(): Expression {
    const token = this.tokens.peek();
    if (token.kind === 'word') return this.#named(token.text, token.at);
    if (token.kind === 'symbol') {
      if (token.text === '(') return this.#parenthesised(token.at);
      if (token.text === '[') return this.#sequence('list', this.#list(']'), token.at);
    }
    if (token.kind === 'end' || token.kind === 'symbol') throw this.tokens.unexpected('a value');
    this.tokens.take();
    if (token.kind === 'tag') return this.#tag(token.name, 'exact', token.at);
    return this.#nesting.built({ kind: 'literal', value: token.value, at: token.at });
  }

  #parenthesised(at: number): Expression {
    this.tokens.take();
    if (this.tokens.skipSymbol(')')) return this.#sequence('tuple', [], at);
    const first = this.#nesting.inside(at, () => this.#expression());
    if (!this.tokens.isSymbol(',')) {
      this.tokens.close(')', at);
      return first;
    }
    return this.#sequence('tuple', [first, ...this.#list(')', at)], at);
  }

  /** Reads expressions with commas between and perhaps behind them, from an opening bracket or a comma on. */
  #list(closing: ')' | ']', openedAt = this.tokens.peek().at): readonly Expression[] {
    const items: Expression[] = [];
    do {
      this.tokens.take();
      if (this.tokens.isSymbol(closing)) break;
      items.push(this.#nesting.inside(openedAt, () => this.#expression()));
    } while (this.tokens.isSymbol(','));
    this.tokens.close(closing, openedAt);
    return items;
  }

  #sequence(sequence: SequenceOf['sequence'], items: readonly Expression[], at: number): Expression {
    return this.#nesting.built({ kind: 'sequence', sequence, items, at });
  }

  #tag(name: string, matching: TagValue['matching'], at: number): Expression {
    return this.#nesting.built({ kind: 'tag', name, matching, at });
  }

  #named(word: string, at: number): Expression {
    if (word === 'tags') return this.#tagOf(at);
    const constant = constants.get(word);
    if (constant !== undefined) {
      this.tokens.take();
      return this.#nesting.built({ kind: 'literal', value: constant, at });
    }
    if (word === 'not') throw new SyntaxFailure(at, 'not cannot follow this operator', 'write (not …) in parentheses');
    if (word === 'and' || word === 'or' || word === 'in')
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
    const values = this.#list(')');
    checkArguments(operation, values.length, at);
    return this.#nesting.built({ kind: 'function', name: word, arguments: values, at });
  }

  #tagOf(at: number): Expression {
    this.tokens.take();
    const opening = this.tokens.take();
    const name = this.tokens.take();
    if (opening.kind === 'symbol' && opening.text === '.' && name.kind === 'word' && !name.text.startsWith('_'))
      return this.#tag(name.text + this.#inItems(), 'any-case', at);
    if (opening.kind !== 'symbol' || opening.text !== '[' || name.kind !== 'text' || name.value === '')
      throw new SyntaxFailure(
        at,
        'tags is not followed by the name of a tag',
        "write tags.Modality or tags['Modality']",
      );
    this.tokens.close(']', opening.at);
    return this.#tag(name.value, 'exact', at);
  }

  /** The rest of a path into sequences, `[0].CodeValue`. What is called instead is a method of one character of text. */
  #inItems(): string {
    let path = '';
    for (;;) {
      const [index, name] = [this.tokens.peek(1), this.tokens.peek(4)];
      const leadsOn =
        this.tokens.isSymbol('[') &&
        this.tokens.isSymbol(']', 2) &&
        this.tokens.isSymbol('.', 3) &&
        !this.tokens.isSymbol('(', 5);
      if (!leadsOn || index.kind !== 'number' || typeof index.value !== 'bigint') return path;
      if (name.kind !== 'word' || methods.has(name.text)) return path;
      path += `[${index.value}].${name.text}`;
      for (let taken = 0; taken < 5; taken++) this.tokens.take();
    }
  }
}
