import { commonHelp, folderOption, linesOf, namesIn, readBenchOptions } from './bench-options.mjs';
import { cases } from './log/cases.mjs';

export const help = `Usage: npm run bench:log -- [options]

Measures the event log beside raw Postgres, in one interleaved run, and prints medians. Data goes into a folder of its own below
./data, which is removed. A million events need 1 GB there.

Options:
  --cases LIST        (default: all)
  --events N          in the log that is read (default: 1000000)
  --cpu-prof FOLDER   has the measured process write a CPU profile there
  --folder FOLDER     for the data, instead of ./data
${commonHelp}

Cases:
${linesOf(cases)}

Example: npm run bench:log -- --events 5000000 --rounds 3 --cases copy-limit,verify`;

const options = {
  ...folderOption,
  cases: { type: 'string' },
  events: { type: 'string', default: '1000000' },
  'cpu-prof': { type: 'string' },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { known, values, wholeNumber } = readBenchOptions(args, options);
  const { cases: wanted, 'cpu-prof': profiles } = values;
  return { ...known, profiles, events: wholeNumber('events'), cases: namesIn(wanted, cases, 'case') };
}
