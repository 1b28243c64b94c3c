import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pg from 'pg';

/** How a word may be written in a file, or in the text of a database. */
const writings = (word: string): readonly Buffer[] => [
  Buffer.from(word, 'utf8'),
  Buffer.from(word, 'latin1'),
  Buffer.from(word, 'utf16le'),
  Buffer.from(Buffer.from(word, 'utf8').toString('hex')),
  ...base64Cores(word).map((core) => Buffer.from(core)),
];

/** What stands in base64 of anything that has the word in it, at each of the three ways the bytes may fall. */
const base64Cores = (word: string): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(word)])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -1);
  });

const holds = (bytes: Buffer, words: readonly string[]): boolean =>
  words.some((word) => writings(word).some((writing) => bytes.includes(writing)));

/** Files below a folder that hold any of these words, in whatever form; the folders that are left out hold objects. */
export const filesThatSay = (
  folder: string,
  words: readonly string[],
  leaveOut: readonly string[] = [],
): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !leaveOut.includes(relative(folder, path).split('/')[0] ?? ''))
    .filter((path) => holds(readFileSync(path), words) || holds(Buffer.from(path), words));

/** Tables of a database whose rows hold any of these words, as a dump would show them. */
export const tablesThatSay = async (url: string, words: readonly string[]): Promise<readonly string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`);
      if (holds(Buffer.from(rows.map(({ line }) => line).join('\n')), words)) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
};
