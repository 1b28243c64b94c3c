import { textOf, type SyntaxNode } from './syntax-node.js';
import type { TemplateFormat } from './template-format.js';

const lists: ReadonlySet<string> = new Set(['body', 'alternate', 'defaultBlock']);
const withoutValue: ReadonlySet<string> = new Set(['StringLiteral', 'If', 'For', 'Comment']);

/** Marks every expression that a template puts into what it makes, so that it is escaped there. */
export const putValues = (node: SyntaxNode, format: TemplateFormat): SyntaxNode =>
  Object.fromEntries(
    Object.entries(node).map(([field, value]) => [
      field,
      lists.has(field) && Array.isArray(value) ? value.map((part: SyntaxNode) => put(part, format)) : value,
    ]),
  ) as SyntaxNode;

const put = (node: SyntaxNode, format: TemplateFormat): SyntaxNode => {
  if (withoutValue.has(node.type)) return putValues(node, format);
  return format === 'json' && isJsonAlready(node) ? node : { type: 'Put', expression: node };
};

/** `{{ details | tojson }}` is a JSON value with its quotes. */
const isJsonAlready = ({ type, filter }: SyntaxNode): boolean =>
  type === 'FilterExpression' && textOf(filter as SyntaxNode) === 'tojson';
