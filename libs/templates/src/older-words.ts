import type { SyntaxNode } from './syntax-node.js';

/** mercure's older words, which it replaced before it looked at the rest. */
const olderWord = /@(rule|task_id|event)@/;

/** Fields whose text is put out as it is. */
const lists: ReadonlySet<string> = new Set(['body', 'alternate', 'defaultBlock']);

/** The same template, where text with older words became the text around them and the values. */
export const withOlderWords = (node: SyntaxNode): SyntaxNode =>
  Object.fromEntries(
    Object.entries(node).map(([field, value]) => [
      field,
      lists.has(field) && Array.isArray(value) ? value.flatMap(statements) : expression(value),
    ]),
  ) as SyntaxNode;

const statements = (node: SyntaxNode): readonly SyntaxNode[] => {
  const text = textIn(node);
  return text === undefined ? [withOlderWords(node)] : partsOf(text);
};

const expression = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(expression);
  if (typeof part !== 'object' || part === null) return part;
  const node = part as SyntaxNode;
  const text = textIn(node);
  if (text === undefined) return withOlderWords(node);
  const operator = { type: 'AdditiveBinaryOperator', value: '~' };
  return partsOf(text).reduce((left, right) => ({ type: 'BinaryExpression', operator, left, right }));
};

const textIn = ({ type, value }: SyntaxNode): string | undefined =>
  type === 'StringLiteral' && typeof value === 'string' ? value : undefined;

/** What is split at a group alternates between text and what the group found. */
const partsOf = (text: string): readonly SyntaxNode[] =>
  text.split(olderWord).map((value, index) => ({ type: index % 2 === 0 ? 'StringLiteral' : 'Identifier', value }));
