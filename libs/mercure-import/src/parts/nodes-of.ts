/** The way from the top of a document: keys of objects, places in lists. */
export type Path = readonly (string | number)[];

/** A value of a document. */
export interface Node {
  readonly path: Path;
  /** Whether nothing stands in it that could be told apart. */
  readonly isLeaf: boolean;
}

/** What is nested deeper counts as one value: a configuration is not, and garbage may be nested without end. */
const DEEPEST = 32;

const entriesOf = (value: unknown): readonly (readonly [string | number, unknown])[] => {
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
};

/** The values of a JSON document in its order, those that hold others before what they hold. */
export const nodesOf = (value: unknown, path: Path = []): readonly Node[] => {
  const entries = path.length < DEEPEST ? entriesOf(value) : [];
  return [{ path, isLeaf: entries.length === 0 }, ...entries.flatMap(([key, part]) => nodesOf(part, [...path, key]))];
};

/** A path for people: `rules.CT heads.target[0]`. */
export const pathText = (path: Path): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
