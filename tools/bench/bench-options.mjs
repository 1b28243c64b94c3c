import { parseArgs } from 'node:util';

const common = {
  rounds: { type: 'string', default: '5' },
  markdown: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Of those that keep something on the disk. */
export const folderOption = { folder: { type: 'string', default: 'data' } };

/** What every benchmark says of its options in `--help`. */
export const commonHelp = `  --rounds N          (default: 5)
  --markdown FILE     writes what is printed there as well
  --no-build          takes what was built last
  --help`;

/** Names with what is said about each, in lines. */
export const linesOf = (entries, about = ({ about: said }) => said) =>
  Object.entries(entries)
    .map(([name, entry]) => `  ${name.padEnd(20)}${about(entry)}`)
    .join('\n');

/**
 * Reads the words behind a command. Throws with a sentence for whoever typed them.
 * @returns what all benchmarks know, with `values` of all options and readers for those that are numbers and names
 */
export function readBenchOptions(args, options) {
  const { values } = parseArgs({ args, options: { ...common, ...options } });
  const wholeNumber = (name, text = values[name]) => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} expects a whole number above 0, found ${String(text)}`);
  };
  const number = (name) => {
    const value = Number(values[name]);
    if (value > 0) return value;
    throw new Error(`--${name} expects a number above 0, found ${String(values[name])}`);
  };
  const { help, folder, markdown, 'no-build': isBuilt } = values;
  const known = { help, folder, markdown, build: !isBuilt, rounds: wholeNumber('rounds') };
  return { known, values, wholeNumber, number };
}

/** Names with commas between them, each of which has to be known; all that are known where none is said. */
export const namesIn = (text, known, kind) =>
  (text?.split(',') ?? Object.keys(known)).map((name) => {
    if (Object.hasOwn(known, name)) return name;
    throw new Error(`no ${kind} '${name}': expected ${Object.keys(known).join(', ')}`);
  });
