import { readFileSync } from 'node:fs';
import { contentTables } from './content-tables.mjs';
import { networkTables } from './network-tables.mjs';

const place = /<!-- table: ([a-z-]+) -->/g;

/**
 * The conformance statement: the prose of `statement.md` with a table of the code in every place that names one. Throws
 * where a place names no table, or a table has no place.
 */
export const renderStatement = () => {
  const tables = { ...networkTables, ...contentTables };
  const unused = new Set(Object.keys(tables));
  const prose = readFileSync(new URL('statement.md', import.meta.url), 'utf8');
  const statement = prose.replace(place, (_, name) => {
    if (!Object.hasOwn(tables, name)) throw new Error(`statement.md names the table ${name}, which does not exist`);
    unused.delete(name);
    return tables[name]();
  });
  if (unused.size > 0) throw new Error(`statement.md has no place for ${[...unused].join(', ')}`);
  return statement;
};
