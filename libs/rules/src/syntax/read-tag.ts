import { methods } from '../functions/methods.js';
import type { Expression } from './expression.js';
import type { Reading } from './reading.js';
import { SyntaxFailure } from './syntax-failure.js';
import type { TokenStream } from './token-stream.js';

/** Whether `tags` itself comes next, not one of them. */
export const isHeader = (tokens: TokenStream): boolean =>
  tokens.isWord('tags') && !tokens.isSymbol('.', 1) && !tokens.isSymbol('[', 1);

/** The rest of a path into sequences, `[0].CodeValue`. What is called instead is a method of one character of text. */
const readPath = (tokens: TokenStream): string => {
  let path = '';
  for (;;) {
    const [index, name] = [tokens.peek(1), tokens.peek(4)];
    const leadsOn =
      tokens.isSymbol('[') && tokens.isSymbol(']', 2) && tokens.isSymbol('.', 3) && !tokens.isSymbol('(', 5);
    if (!leadsOn || index.kind !== 'number' || typeof index.value !== 'bigint') return path;
    if (name.kind !== 'word' || methods.has(name.text)) return path;
    path += `[${index.value}].${name.text}`;
    for (let taken = 0; taken < 5; taken++) tokens.take();
  }
};

/** Reads `tags.Modality` and `tags['Modality']`. Throws SyntaxFailure. */
export const readTagOf = (reading: Reading): Expression => {
  const { tokens } = reading;
  const { at } = tokens.take();
  const opening = tokens.take();
  const name = tokens.take();
  const isSymbol = opening.kind === 'symbol';
  if (isSymbol && opening.text === '.' && name.kind === 'word' && !name.text.startsWith('_')) {
    if (tokens.isSymbol('('))
      throw new SyntaxFailure(name.at, `tags has no method ${name.text}()`, 'write @Modality@ or tags.Modality');
    return reading.built({ kind: 'tag', name: name.text + readPath(tokens), matching: 'any-case', at });
  }
  let text = name.kind === 'text' ? name.value : '';
  for (let next = tokens.peek(); next.kind === 'text'; next = tokens.peek()) {
    text += next.value;
    tokens.take();
  }
  if (!isSymbol || opening.text !== '[' || name.kind !== 'text' || text === '')
    throw new SyntaxFailure(at, 'tags is not followed by the name of a tag', "write tags.Modality or tags['Modality']");
  tokens.close(']', opening.at);
  return reading.built({ kind: 'tag', name: text, matching: 'exact', at });
};
