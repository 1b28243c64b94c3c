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
    // The engine reads on behind the last word and finds nothing there.
    const why = error instanceof TypeError ? 'something that begins in it does not end' : messageOf(error);
    throw invalid(`is no template: ${why}`, error);
  }
};
