import { functions } from '../functions/functions.js';
import { methods } from '../functions/methods.js';
import { regularExpression } from '../functions/regular-expression.js';
import { findOperation } from './check-call.js';
import type { Each, Expression, OverInstances } from './expression.js';
import { partsOfKind } from './parts-of.js';
import { readItems } from './read-arguments.js';
import type { Reading } from './reading.js';
import { SyntaxFailure } from './syntax-failure.js';

type Reader = (reading: Reading, at: number) => Expression | undefined;

const textFrom = (expression: Expression | undefined): string | undefined =>
  expression?.kind === 'literal' && typeof expression.value === 'string' && expression.value !== ''
    ? expression.value
    : undefined;

/** Reads `name(…)` from its name on. */
const readCall = (reading: Reading): readonly Expression[] => {
  reading.tokens.take();
  return readItems(reading, ')');
};

const readExists: Reader = (reading, at) => {
  const [tag, ...more] = readCall(reading);
  if (tag?.kind !== 'tag' || more.length > 0)
    throw new SyntaxFailure(at, 'exists() takes one tag', 'write exists(@Modality@)');
  return reading.built({ kind: 'exists', tag, at });
};

const readRule: Reader = (reading, at) => {
  const [name, ...more] = readCall(reading);
  const text = textFrom(name);
  if (text === undefined || more.length > 0)
    throw new SyntaxFailure(at, 'rule() takes the name of one rule in quotes', 'write rule("CT to archive")');
  return reading.built({ kind: 'rule', name: text, at });
};

const readOverInstances =
  (quantifier: OverInstances['quantifier']): Reader =>
  (reading, at) => {
    const [condition, ...more] = readCall(reading);
    if (!condition || more.length > 0)
      throw new SyntaxFailure(at, `${quantifier}_instance${quantifier === 'any' ? '' : 's'}() takes one condition`);
    const inner = (['instances', 'series', 'rule'] as const).flatMap((kind) => partsOfKind(condition, kind)).at(0);
    if (inner)
      throw new SyntaxFailure(inner.at, 'a condition on instances looks at their own tags only, not at the series');
    return reading.built({ kind: 'instances', quantifier, condition, at });
  };

const readSeries: Reader = (reading, at) => {
  const { tokens } = reading;
  const [dot, word] = [tokens.isSymbol('.', 1), tokens.peek(2)];
  const what = dot && word.kind === 'word' ? word.text : '';
  if (what !== 'count' && what !== 'values')
    throw new SyntaxFailure(
      at,
      'series has count and values() only',
      'write series.count or series.values("EchoTime")',
    );
  tokens.take();
  tokens.take();
  if (what === 'count') {
    tokens.take();
    return reading.built({ kind: 'series', what, at });
  }
  if (!tokens.isSymbol('(', 1))
    throw new SyntaxFailure(at, 'series.values is not called', 'write series.values("EchoTime")');
  const [name, ...more] = readCall(reading);
  const values =
    name?.kind === 'tag' && (name.matching === 'exact' || name.matching === 'required') ? name.name : textFrom(name);
  if (values === undefined || more.length > 0)
    throw new SyntaxFailure(
      at,
      'series.values() takes the name of one tag in quotes',
      'write series.values("EchoTime")',
    );
  return reading.built({ kind: 'series', what: { values }, at });
};

const readEach =
  (how: Each['how']): Reader =>
  (reading, at) => {
    const { tokens } = reading;
    const [first, dot, method] = [tokens.peek(2), tokens.isSymbol('.', 3), tokens.peek(4)];
    const ofText = first.kind === 'word' && first.text === 'str' && dot && method.kind === 'word';
    // None stands for what counts as true, as bool does.
    const plain = first.kind === 'word' && how === 'filter' && first.text === 'None' ? 'bool' : undefined;
    const name = ofText ? method.text : (plain ?? (first.kind === 'word' ? first.text : ''));
    const kind = ofText ? 'method' : 'function';
    if (
      first.kind !== 'word' ||
      !(kind === 'method' ? methods : functions).has(name) ||
      !tokens.isSymbol(',', ofText ? 5 : 3)
    )
      throw new SyntaxFailure(first.at, `${how}() takes the name of a function first`, `write ${how}(float, …)`);
    const operation = findOperation(kind, name, first.at);
    if (operation.takes.from > (kind === 'method' ? 0 : 1) || (kind === 'function' && operation.takes.to === 0))
      throw new SyntaxFailure(first.at, `${name}() cannot be called with one value`);
    const { at: openedAt } = tokens.peek(1);
    for (let taken = 0; taken < (ofText ? 5 : 3); taken++) tokens.take();
    const [over, ...more] = readItems(reading, ')', openedAt);
    if (!over || more.length > 0) throw new SyntaxFailure(at, `${how}() takes a function and a list`);
    return reading.built({ kind: 'each', how, operation: { kind, name }, over, at });
  };

const readMatches: Reader = (reading, at) => {
  const [subject, pattern, ...more] = readCall(reading);
  const text = textFrom(pattern);
  if (!subject || !pattern || text === undefined || more.length > 0)
    throw new SyntaxFailure(
      at,
      'matches() takes a value and a pattern in quotes',
      "write matches(@Modality@, '^(CT|MR)$')",
    );
  const found = regularExpression(text);
  if (typeof found === 'string') throw new SyntaxFailure(pattern.at, `the pattern cannot be read: ${found}`);
  return reading.built({ kind: 'function', name: 'matches', arguments: [subject, pattern], at });
};

const readHeaderSize: Reader = (reading, at) => {
  const { tokens } = reading;
  if (!tokens.isWord('tags', 2) || !tokens.isSymbol(')', 3)) return undefined;
  for (let taken = 0; taken < 4; taken++) tokens.take();
  return reading.built({ kind: 'header-size', at });
};

const calls: ReadonlyMap<string, Reader> = new Map([
  ['exists', readExists],
  ['rule', readRule],
  ['any_instance', readOverInstances('any')],
  ['all_instances', readOverInstances('all')],
  ['count_instances', readOverInstances('count')],
  ['map', readEach('map')],
  ['filter', readEach('filter')],
  ['matches', readMatches],
  ['len', readHeaderSize],
]);

/** Reads what looks like a call and takes more than values. Undefined where the word is none of these. */
export const readSpecial = (reading: Reading, word: string, at: number): Expression | undefined => {
  if (word === 'series') return readSeries(reading, at);
  return reading.tokens.isSymbol('(', 1) ? calls.get(word)?.(reading, at) : undefined;
};
