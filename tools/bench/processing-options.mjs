import { parseArgs } from 'node:util';
import { cases } from './processing/cases.mjs';

const list = Object.entries(cases)
  .map(([name, { about }]) => `  ${name.padEnd(16)}${about}`)
  .join('\n');

export const help = `Usage: npm run bench:processing -- [options]

Measures what a job costs besides what its module does: a processing app and a container whose modules do nothing, each beside what does the
same without Waystation. One job after another, each on one object, from its request to when its outcome is heard of; the rounds of all cases take
turns. Containers need Docker, or root for a Podman of our own.

Options:
  --cases LIST        (default: all)
  --jobs N            of each case in a round (default: 50)
  --rounds N          (default: 5)
  --markdown FILE     writes the table there as well
  --folder FOLDER     for the data, instead of ./data
  --no-build          takes what was built last
  --help

Cases:
${list}

Example: npm run bench:processing -- --cases app,script-dcmjs --rounds 3`;

const options = {
  cases: { type: 'string' },
  jobs: { type: 'string', default: '50' },
  rounds: { type: 'string', default: '5' },
  markdown: { type: 'string' },
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
    jobs: number('jobs'),
    rounds: number('rounds'),
    cases: (values.cases?.split(',') ?? Object.keys(cases)).map(knownCase),
  };
}

function knownCase(name) {
  if (Object.hasOwn(cases, name)) return name;
  throw new Error(`no case '${name}': expected ${Object.keys(cases).join(', ')}`);
}
