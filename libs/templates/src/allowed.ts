/**
 * What of Jinja a template may use. Nothing in it can go on without end or grow without bound: no macros, no assignments,
 * no ranges, no repetition of text.
 */
export const allowedFilters: ReadonlySet<string> = new Set([
  ...['upper', 'lower', 'title', 'capitalize', 'trim', 'length', 'string', 'int', 'float', 'abs', 'safe'],
  ...['default', 'join', 'replace', 'tojson', 'first', 'last', 'list', 'sort', 'reverse', 'unique'],
]);

export const allowedMethods: ReadonlySet<string> = new Set([
  ...['upper', 'lower', 'title', 'capitalize', 'strip', 'lstrip', 'rstrip', 'startswith', 'endswith', 'replace'],
]);

export const allowedTests: ReadonlySet<string> = new Set(['defined', 'undefined', 'none', 'string', 'lower', 'upper']);

/** What a loop says of itself. */
export const allowedLoopWords: ReadonlySet<string> = new Set([
  'first',
  'last',
  'index',
  'index0',
  'revindex',
  'revindex0',
  'length',
]);

export const allowedOperators: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', '==', '!=', '<', '<=', '>', '>=', 'in', 'not in', '+', '-', '~'],
]);
