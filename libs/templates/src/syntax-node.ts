import { CodedError } from '@waystation/kernel';

/** A part of a parsed template; `type` says which fields it has. */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A field that is a part. */
export const partOf = (node: SyntaxNode, field: string): SyntaxNode => {
  const part = node[field];
  if (isNode(part)) return part;
  throw invalid(`a ${node.type} without its ${field}`);
};

/** A field that is a list of parts. */
export const partsOf = (node: SyntaxNode, field: string): readonly SyntaxNode[] => {
  const parts = node[field];
  return Array.isArray(parts) ? parts.filter(isNode) : [];
};

/** A field that is text: a name, or a literal's value. */
export const textOf = (node: SyntaxNode, field = 'value'): string => {
  const text = node[field];
  return typeof text === 'string' ? text : '';
};

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** What a template is refused with. */
export const invalid = (sentence: string, cause?: unknown): CodedError =>
  new CodedError('template.invalid', sentence, cause === undefined ? {} : { cause });
