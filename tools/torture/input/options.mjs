import { parseArgs } from 'node:util';

export const help = `Usage: npm run torture:input -- [options]

Sends what no scanner should send to a Waystation of its own, on the loopback address, in a folder that is removed: damaged
files, attacks by name, crowds that say nothing, and valid conversations with something changed by chance. Meanwhile a good
peer stores and echoes; at the end all that anybody was told is compared with the log and the object store. Ends with 1
where something was not as promised.

Options:
  --seed TEXT         what chance begins with; the same seed makes the same run (default: one of the clock, printed)
  --associations N    conversations that are changed by chance (default: 10000)
  --only N            only the conversation of this number, to see a failure again
  --skip LIST         of samples, attacks, crowds, fuzz (default: nothing is skipped)
  --report FILE       writes the report there as well, in Markdown
  --no-build          takes what was built last
  --help

Examples:
  npm run torture:input -- --seed monday --associations 300
  npm run torture:input -- --seed monday --only 1234
  npm run torture:input -- --report docs/reliability/input.md`;

const options = {
  seed: { type: 'string' },
  associations: { type: 'string', default: '10000' },
  only: { type: 'string' },
  skip: { type: 'string', default: '' },
  report: { type: 'string' },
  build: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false },
};

const number = (name, text) => {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} is ${JSON.stringify(text)}, expected a whole number`);
  return Number(text);
};

/** The command line as an object. Throws where it cannot be understood. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options, allowNegative: true });
  const { seed = String(Date.now()), associations, only, skip, ...rest } = values;
  const skipped = new Set(skip.split(',').filter((name) => name !== ''));
  const unknown = [...skipped].find((name) => !['samples', 'attacks', 'crowds', 'fuzz'].includes(name));
  if (unknown !== undefined) throw new Error(`--skip names ${unknown}, expected samples, attacks, crowds or fuzz`);
  return {
    ...rest,
    seed,
    associations: number('associations', associations),
    only: only === undefined ? undefined : number('only', only),
    skipped,
  };
}
