import { parseArgs } from 'node:util';
import { cases } from './log/cases.mjs';

const list = (entries) => entries.map(([name, { about }]) => `  ${name.padEnd(20)}${about}`).join('\n');

export const help = `Usage: npm run bench:log -- [options]

Measures the event log beside raw Postgres, in one interleaved run, and prints medians. Data goes into a folder of its own below
./data, which is removed. A million events need 1 GB there.

Options:
  --cases LIST        (default: all)
  --events N          in the log that is read (default: 1000000)
  --rounds N          (default: 5)
  --markdown FILE     writes the table there as well
  --cpu-prof FOLDER   has the measured process write a CPU profile there
  --folder FOLDER     for the data, instead of ./data
  --no-build          takes what was built last
  --help

Cases:
${list(Object.entries(cases))}

Example: npm run bench:log -- --events 5000000 --rounds 3 --cases copy-limit,verify`;

const options = {
  cases: { type: 'string' },
  events: { type: 'string', default: '1000000' },
  rounds: { type: 'string', default: '5' },
  markdown: { type: 'string' },
  'cpu-prof': { type: 'string' },
  folder: { type: 'string', default: 'data' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options });
  const number = (name) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} expects a whole number above 0, found ${String(values[name])}`);
  };
  return {
    help: values.help,
    build: !values['no-build'],
    folder: values.folder,
    markdown: values.markdown,
    profiles: values['cpu-prof'],
    events: number('events'),
    rounds: number('rounds'),
    cases: (values.cases?.split(',') ?? Object.keys(cases)).map(knownCase),
  };
}

function knownCase(name) {
  if (Object.hasOwn(cases, name)) return name;
  throw new Error(`no case '${name}': expected ${Object.keys(cases).join(', ')}`);
}
