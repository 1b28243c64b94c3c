import { foreignWord } from './foreign.js';
import { SyntaxFailure } from './syntax-failure.js';
import type { SymbolText, Token } from './token.js';

const openingOf = { ')': '(', ']': '[', '}': '{' } as const;

/** Hands out tokens one after another and names what is wrong with those nobody asked for. */
export class TokenStream {
  #next = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token `ahead` of the next one, without taking it. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.#next + ahead, this.tokens.length - 1)];
    return token ?? { kind: 'end', at: 0 };
  }

  take(): Token {
    const token = this.peek();
    this.#next++;
    return token;
  }

  isSymbol(symbol: SymbolText, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text === word;
  }

  /** Takes the next token if it is this symbol. */
  skipSymbol(symbol: SymbolText): boolean {
    const found = this.isSymbol(symbol);
    if (found) this.#next++;
    return found;
  }

  /** Takes the closing bracket of one that was opened at an offset. */
  close(symbol: ')' | ']' | '}', openedAt: number): void {
    if (this.skipSymbol(symbol)) return;
    const token = this.peek();
    if (token.kind === 'end') throw new SyntaxFailure(openedAt, `this ${openingOf[symbol]} has no closing ${symbol}`);
    throw this.unexpected(`${symbol} or an operator`);
  }

  /** The failure of finding the next token where something else belongs. */
  unexpected(wanted: string): SyntaxFailure {
    const token = this.peek();
    if (token.kind === 'end') return new SyntaxFailure(token.at, `the condition ends where ${wanted} belongs`);
    const foreign = token.kind === 'word' ? foreignWord(token.text) : undefined;
    if (foreign) return new SyntaxFailure(token.at, foreign.sentence, foreign.suggestion);
    if (token.kind === 'symbol' && token.text === '=')
      return new SyntaxFailure(token.at, '= does not compare', 'use == to compare');
    if (token.kind === 'symbol' && (token.text === ')' || token.text === ']' || token.text === '}'))
      return new SyntaxFailure(token.at, `this ${token.text} closes nothing, or ${wanted} is missing before it`);
    return new SyntaxFailure(token.at, `${wanted} is missing here`);
  }
}
