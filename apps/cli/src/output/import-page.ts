import type { ImportItem } from '@waystation/mercure-import';
import { oneLine } from './one-line.js';

const headings = [
  ['not-taken', 'NOT TAKEN'],
  ['changed', 'TAKEN WITH A CHANGE'],
  ['taken', 'TAKEN'],
] as const;

/** What became of each value of mercure.json, what needs a look before the rest. */
export const importPage = (items: readonly ImportItem[]): readonly string[] =>
  headings.flatMap(([outcome, heading]) => {
    const these = items.filter((item) => item.outcome === outcome);
    return these.length === 0 ? [] : [`${heading} (${these.length})`, ...groups(these).flatMap(lines), ''];
  });

interface Group {
  readonly parent: string;
  readonly keys: readonly string[];
  readonly reason: string;
}

/** Values of one object of which the same is to be said, together. */
const groups = (items: readonly ImportItem[]): readonly Group[] => {
  const found: Group[] = [];
  for (const { path, reason } of items) {
    const end = path.lastIndexOf('.');
    const [parent, key] = [path.slice(0, Math.max(end, 0)), path.slice(end + 1)];
    const last = found.at(-1);
    if (last !== undefined && last.parent === parent && last.reason === reason)
      found[found.length - 1] = { parent, reason, keys: [...last.keys, key] };
    else found.push({ parent, reason, keys: [key] });
  }
  return found;
};

const lines = ({ parent, keys, reason }: Group): readonly string[] => {
  const place = parent === '' || keys.length === 1 ? [parent, keys.join(', ')] : [parent, `{${keys.join(', ')}}`];
  const [sentence = '', ...pointing] = reason.split('\n');
  return [
    `  ${oneLine(place.filter((part) => part !== '').join('.'))}: ${oneLine(sentence)}`,
    ...pointing.map((line) => `    ${oneLine(line)}`),
  ];
};
