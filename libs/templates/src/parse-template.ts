import { messageOf } from '@waystation/kernel';
import { checkSyntax } from './check-syntax.js';
import { parseJinja } from './engine.js';
import { withOlderWords } from './older-words.js';
import { invalid, type SyntaxNode } from './syntax-node.js';
import { exampleValues } from './template-values.js';

const knownNames: ReadonlySet<string> = new Set(Object.keys(exampleValues));

/**
 * Parses a template and makes sure that everything in it is allowed.
 * @throws CodedError `template.invalid`
 */
export const parseTemplate = (source: string): SyntaxNode => {
  const tree = parsed(source);
  checkSyntax(tree, knownNames);
  return withOlderWords(tree);
};

const parsed = (source: string): SyntaxNode => {
  try {
    return parseJinja(source);
  } catch (error) {
    throw invalid(`is no template: ${messageOf(error)}`, error);
  }
};
