import { allowedFilters, allowedLoopWords, allowedMethods, allowedOperators, allowedTests } from './allowed.js';
import { invalid, partOf, partsOf, textOf, type SyntaxNode } from './syntax-node.js';

/** What text is replaced by, and lists are joined with: as long as this, so that little cannot become much. */
const LONGEST_PIECE = 32;

const constants: ReadonlySet<string> = new Set(['true', 'false', 'none', 'True', 'False', 'None']);
const literals: ReadonlySet<string> = new Set(['StringLiteral', 'IntegerLiteral', 'FloatLiteral']);

/**
 * Lets pass what {@link allowedFilters} and the other lists name, and nothing else: whatever the engine learns in a later
 * version stays closed.
 * @param names that may be used here
 * @throws CodedError `template.invalid`
 */
export const checkSyntax = (node: SyntaxNode, names: ReadonlySet<string>): void => {
  const check = checks[node.type];
  if (check === undefined) throw invalid(`templates have no ${node.type.toLowerCase()}`);
  check(node, names);
};

type Check = (node: SyntaxNode, names: ReadonlySet<string>) => void;

const all = (nodes: readonly SyntaxNode[], names: ReadonlySet<string>): void => {
  for (const node of nodes) checkSyntax(node, names);
};
const anything: Check = () => undefined;
const fields =
  (...fieldNames: readonly string[]): Check =>
  (node, names) => {
    for (const field of fieldNames) checkSyntax(partOf(node, field), names);
  };
const listed: Check = (node, names) => all(partsOf(node, 'value'), names);

const one = (kind: string, name: string, allowed: ReadonlySet<string>): void => {
  if (!allowed.has(name)) throw invalid(`there is no ${kind} '${name}'; known: ${[...allowed].join(', ')}`);
};

const checks: Readonly<Record<string, Check>> = {
  Program: (node, names) => all(partsOf(node, 'body'), names),
  If: (node, names) => {
    checkSyntax(partOf(node, 'test'), names);
    all([...partsOf(node, 'body'), ...partsOf(node, 'alternate')], names);
  },
  For: (node, names) => {
    const variable = partOf(node, 'loopvar');
    if (variable.type !== 'Identifier') throw invalid('a loop has one variable');
    const inside = new Set([...names, 'loop', textOf(variable)]);
    const iterable = partOf(node, 'iterable');
    const chooses = iterable.type === 'SelectExpression';
    checkSyntax(chooses ? partOf(iterable, 'lhs') : iterable, names);
    all([...(chooses ? [partOf(iterable, 'test')] : []), ...partsOf(node, 'body')], inside);
    all(partsOf(node, 'defaultBlock'), names);
  },
  Comment: anything,
  StringLiteral: anything,
  IntegerLiteral: anything,
  FloatLiteral: anything,
  ArrayLiteral: listed,
  TupleLiteral: listed,
  Identifier: (node, names) => {
    const name = textOf(node);
    if (!constants.has(name)) one('value', name, names);
  },
  MemberExpression: (node, names) => {
    const object = partOf(node, 'object');
    const property = partOf(node, 'property');
    checkSyntax(object, names);
    if (property.type === 'SliceExpression') return checkSlice(property);
    if (object.type !== 'Identifier' || textOf(object) !== 'loop')
      throw invalid(`'${textOf(property)}' is part of nothing`);
    one('word about a loop', textOf(property), allowedLoopWords);
  },
  CallExpression: (node, names) => {
    const callee = partOf(node, 'callee');
    if (callee.type !== 'MemberExpression') throw invalid(`'${textOf(callee)}' cannot be called`);
    checkSyntax(partOf(callee, 'object'), names);
    const method = textOf(partOf(callee, 'property'));
    one('method', method, allowedMethods);
    checkArguments(method, partsOf(node, 'args'));
  },
  FilterExpression: (node, names) => {
    checkSyntax(partOf(node, 'operand'), names);
    const filter = partOf(node, 'filter');
    if (filter.type === 'Identifier') return one('filter', textOf(filter), allowedFilters);
    const name = textOf(partOf(filter, 'callee'));
    one('filter', name, allowedFilters);
    if (name === 'default') all(partsOf(filter, 'args'), names);
    else checkArguments(name, partsOf(filter, 'args'));
  },
  TestExpression: (node, names) => {
    checkSyntax(partOf(node, 'operand'), names);
    one('test', textOf(partOf(node, 'test')), allowedTests);
  },
  UnaryExpression: (node, names) => {
    checkOperator(node);
    checkSyntax(partOf(node, 'argument'), names);
  },
  BinaryExpression: (node, names) => {
    checkOperator(node);
    fields('left', 'right')(node, names);
  },
  SelectExpression: fields('lhs', 'test'),
  Ternary: fields('condition', 'trueExpr', 'falseExpr'),
};

const checkOperator = (node: SyntaxNode): void => {
  const { value } = node['operator'] as { readonly value: string };
  one('operator', value, allowedOperators);
};

const checkSlice = (slice: SyntaxNode): void => {
  for (const field of ['start', 'stop', 'step'])
    if (slice[field] !== undefined && partOf(slice, field).type !== 'IntegerLiteral')
      throw invalid('a part is cut out between whole numbers: [:80]');
};

const checkArguments = (of: string, given: readonly SyntaxNode[]): void => {
  for (const argument of given) {
    if (!literals.has(argument.type)) throw invalid(`what '${of}' is given has to be written there`);
    if (textOf(argument).length > LONGEST_PIECE)
      throw invalid(`what '${of}' is given has to be at most ${LONGEST_PIECE} characters long`);
  }
};
