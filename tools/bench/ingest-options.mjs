import { parseArgs } from 'node:util';
import { cases } from './cases.mjs';
import { receivers } from './receivers/receivers.mjs';

const list = (entries) => entries.map(([name, { about }]) => `  ${name.padEnd(18)}${about}`).join('\n');

export const help = `Usage: npm run bench:ingest -- [options]

Receives DICOM beside others, in one interleaved run, and prints medians. Data goes into a folder of its own below ./data,
which is removed.

Options:
  --cases LIST        with the number of associations, e.g. ct:1,mr:4 (default: every case with 1 and 4)
  --receivers LIST    (default: all)
  --rounds N          (default: 5)
  --seconds N         that each measurement lasts at most (default: 3)
  --count N           objects of each measurement at most (default: by case)
  --warm-up N         seconds before each measurement (default: 1)
  --markdown FILE     writes the tables there as well
  --cpu-prof FOLDER   has Waystation write CPU profiles there
  --folder FOLDER     for the data, instead of ./data
  --no-build          takes what was built last
  --help

Cases:
${list(Object.entries(cases))}

Receivers:
${list(Object.entries(receivers))}

Example: npm run bench:ingest -- --rounds 3 --cases ct:4,mr:4 --receivers storescp,orthanc,whole`;

const options = {
  cases: { type: 'string' },
  receivers: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '3' },
  count: { type: 'string' },
  'warm-up': { type: 'string', default: '1' },
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
    if (!(value > 0)) throw new Error(`--${name} expects a number above 0, found ${String(values[name])}`);
    return value;
  };
  const count = values.count === undefined ? undefined : number('count');
  return {
    help: values.help,
    build: !values['no-build'],
    folder: values.folder,
    markdown: values.markdown,
    profiles: values['cpu-prof'],
    rounds: number('rounds'),
    seconds: number('seconds'),
    warmUpSeconds: number('warm-up'),
    cases: (values.cases ?? everyCase()).split(',').map((text) => readCase(text, count)),
    receivers: (values.receivers?.split(',') ?? Object.keys(receivers)).map(knownReceiver),
  };
}

const everyCase = () =>
  Object.keys(cases)
    .flatMap((name) => [`${name}:1`, `${name}:4`])
    .join(',');

function readCase(text, count) {
  const [name, number = '1'] = text.split(':');
  if (!Object.hasOwn(cases, name)) throw new Error(`no case '${name}': expected ${Object.keys(cases).join(', ')}`);
  const associations = Number(number);
  if (!(Number.isInteger(associations) && associations > 0))
    throw new Error(`'${text}' names no number of associations`);
  return { caseName: name, associations, count: count ?? cases[name].count };
}

function knownReceiver(name) {
  if (Object.hasOwn(receivers, name)) return name;
  throw new Error(`no receiver '${name}': expected ${Object.keys(receivers).join(', ')}`);
}
