import { EngineInterpreter, type EngineEnvironment, type EngineValue } from './engine.js';
import { invalid, partOf, type SyntaxNode } from './syntax-node.js';

/** Steps and characters that one rendering may take; the longest sensible message takes a small part of it. */
const BUDGET = 4_000_000;

/**
 * Renders with a budget, so that no template can keep a service busy or fill its memory; and escapes values where they are
 * put, not before, so that conditions and filters see them as they are.
 */
export class MeteredInterpreter extends EngineInterpreter {
  #left = BUDGET;

  constructor(
    environment: EngineEnvironment,
    private readonly escape: (value: string) => string,
  ) {
    super(environment);
  }

  override evaluate(node: SyntaxNode | undefined, environment: EngineEnvironment): EngineValue {
    const value = node?.type === 'Put' ? this.#put(node, environment) : super.evaluate(node, environment);
    this.#left -= 1 + (typeof value.value === 'string' ? value.value.length : 0);
    if (this.#left < 0) throw invalid('makes too much of too little: it is longer than any message may be');
    return value;
  }

  #put(node: SyntaxNode, environment: EngineEnvironment): EngineValue {
    const value = this.evaluate(partOf(node, 'expression'), environment);
    const isEmpty = value.type === 'NullValue' || value.type === 'UndefinedValue';
    const text = isEmpty ? '' : this.escape(value.toString());
    return super.evaluate({ type: 'StringLiteral', value: text }, environment);
  }
}
