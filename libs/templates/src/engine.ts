import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import type { SyntaxNode } from './syntax-node.js';

// The package's own declarations leave out file extensions, which this compiler does not resolve: they are repeated here.

/** A value while a template is rendered. */
export interface EngineValue {
  readonly type: string;
  readonly value: unknown;
  toString(): string;
}

/** Where the engine looks names up. */
export interface EngineEnvironment {
  set(name: string, value: unknown): unknown;
}

interface Engine {
  run(tree: SyntaxNode): EngineValue;
  evaluate(node: SyntaxNode | undefined, environment: EngineEnvironment): EngineValue;
}

/** Walks a tree; makes no code of it. */
export const EngineInterpreter = Interpreter as unknown as new (environment: EngineEnvironment) => Engine;

/** Names without any of the engine's own functions. */
export const newEnvironment = (): EngineEnvironment => new (Environment as unknown as new () => EngineEnvironment)();

/** Reads a template as Jinja does where nothing is configured: line ends stay. */
export const parseJinja = (source: string): SyntaxNode =>
  (parse as (tokens: unknown) => unknown)(
    (tokenize as (text: string, options: object) => unknown)(source, { lstrip_blocks: false, trim_blocks: false }),
  ) as SyntaxNode;
