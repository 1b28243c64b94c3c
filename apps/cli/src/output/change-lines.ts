import type { DocumentChange } from '@waystation/answers';
import { jsonLine } from './json-text.js';
import { oneLine } from './one-line.js';

const signs = { added: '+', removed: '-', changed: '~' } as const;

/** Where two configurations differ, a line each. */
export const changeLines = (changes: readonly DocumentChange[]): readonly string[] =>
  changes.map(({ path, kind, before, after }) => {
    const values = [before, after].filter((value) => value !== undefined).map((value) => oneLine(jsonLine(value)));
    return `${signs[kind]} ${path}  ${values.join('  →  ')}`;
  });

/** How much differs, in a few words. */
export const changesTold = (changes: readonly Pick<DocumentChange, 'path' | 'kind'>[]): string => {
  const told = changes.slice(0, 3).map(({ path, kind }) => `${path} ${kind}`);
  const more = changes.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
};
