import type { ConfigurationChange, ConfigurationDocument } from '@waystation/events';
import { canonicalJson } from './canonical-json.js';
import { namedLists, type NamedList } from './named-lists.js';

/** A difference between two configurations, with the values on both sides. */
export interface DocumentChange extends ConfigurationChange {
  /** Left out where it was added. */
  readonly before?: unknown;
  /** Left out where it was removed. */
  readonly after?: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const equal = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where two configurations differ. What stands in a list with names is compared by its name, wherever it stands; a list
 * itself is changed where what is on both sides stands in another order.
 */
export const diffDocuments = (before: ConfigurationDocument, after: ConfigurationDocument): readonly DocumentChange[] =>
  diffFields('', before, after);

const diffFields = (path: string, before: Fields, after: Fields): readonly DocumentChange[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
    diffValues(path === '' ? key : `${path}.${key}`, before[key], after[key]),
  );

const diffValues = (path: string, before: unknown, after: unknown): readonly DocumentChange[] => {
  if (equal(before, after)) return [];
  if (before === undefined) return [{ path, kind: 'added', after }];
  if (after === undefined) return [{ path, kind: 'removed', before }];
  const list = namedLists.find((each) => each.path === path);
  if (list !== undefined) return diffList(list, before as readonly Fields[], after as readonly Fields[]);
  return isFields(before) && isFields(after)
    ? diffFields(path, before, after)
    : [{ path, kind: 'changed', before, after }];
};

const diffList = (
  { path, nameOf }: NamedList,
  before: readonly Fields[],
  after: readonly Fields[],
): readonly DocumentChange[] => {
  const [old, new_] = [before, after].map((items) => new Map(items.map((item) => [nameOf(item), item])));
  if (old === undefined || new_ === undefined) return [];
  const names = [...old.keys(), ...[...new_.keys()].filter((name) => !old.has(name))];
  const changes = names.flatMap((name) => diffItems(`${path}.${name}`, old.get(name), new_.get(name)));
  const [stayed, stays] = [
    [...old.keys()].filter((name) => new_.has(name)),
    [...new_.keys()].filter((name) => old.has(name)),
  ];
  return equal(stayed, stays) ? changes : [...changes, { path, kind: 'changed', before: stayed, after: stays }];
};

/** What is there on one side only is told as a whole; an item of another kind, such as a folder that was a PACS, too. */
const diffItems = (path: string, before: Fields | undefined, after: Fields | undefined): readonly DocumentChange[] =>
  before !== undefined && after !== undefined && before['kind'] !== after['kind']
    ? [{ path, kind: 'changed', before, after }]
    : diffValues(path, before, after);
