import { commonHelp, folderOption, linesOf, namesIn, readBenchOptions } from './bench-options.mjs';
import { cases } from './cases.mjs';
import { receivers } from './receivers/receivers.mjs';

export const help = `Usage: npm run bench:ingest -- [options]

Receives DICOM beside others, in one interleaved run, and prints medians. Data goes into a folder of its own below ./data,
which is removed.

Options:
  --cases LIST        with the number of associations, e.g. ct:1,mr:4 (default: every case with 1 and 4)
  --receivers LIST    (default: all)
  --seconds N         that each measurement lasts at most (default: 3)
  --count N           objects of each measurement at most (default: by case)
  --warm-up N         seconds before each measurement (default: 1)
  --cpu-prof FOLDER   has Waystation write CPU profiles there
  --folder FOLDER     for the data, instead of ./data
${commonHelp}

Cases:
${linesOf(cases)}

Receivers:
${linesOf(receivers)}

Example: npm run bench:ingest -- --rounds 3 --cases ct:4,mr:4 --receivers storescp,orthanc,whole`;

const options = {
  ...folderOption,
  cases: { type: 'string' },
  receivers: { type: 'string' },
  seconds: { type: 'string', default: '3' },
  count: { type: 'string' },
  'warm-up': { type: 'string', default: '1' },
  'cpu-prof': { type: 'string' },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { known, values, wholeNumber, number } = readBenchOptions(args, options);
  const count = values.count === undefined ? undefined : wholeNumber('count');
  return {
    ...known,
    profiles: values['cpu-prof'],
    seconds: number('seconds'),
    warmUpSeconds: number('warm-up'),
    cases: (values.cases ?? everyCase()).split(',').map((text) => readCase(text, count)),
    receivers: namesIn(values.receivers, receivers, 'receiver'),
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
