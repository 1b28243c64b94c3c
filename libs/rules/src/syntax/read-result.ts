import type { Expression } from './expression.js';
import type { Reading } from './reading.js';
import { nameOfResult } from './result-name.js';
import { SyntaxFailure } from './syntax-failure.js';

/** Reads `result.nodules` and `result['lung volume']`. Throws SyntaxFailure. */
export const readResultOf = (reading: Reading): Expression => {
  const { tokens } = reading;
  const { at } = tokens.take();
  const opening = tokens.take();
  const key = tokens.take();
  const isSymbol = opening.kind === 'symbol';
  const built = (text: string): Expression =>
    reading.built({ kind: 'tag', name: nameOfResult(text), matching: 'result', at });
  if (isSymbol && opening.text === '.' && key.kind === 'word') {
    if (tokens.isSymbol('('))
      throw new SyntaxFailure(key.at, `result has no method ${key.text}()`, 'write result.nodules for a value');
    return built(key.text);
  }
  if (!isSymbol || opening.text !== '[' || key.kind !== 'text' || key.value === '')
    throw new SyntaxFailure(
      at,
      'result is not followed by the name of a value',
      "write result.nodules or result['lung volume']",
    );
  tokens.close(']', opening.at);
  return built(key.value);
};
