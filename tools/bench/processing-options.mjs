import { commonHelp, folderOption, linesOf, namesIn, readBenchOptions } from './bench-options.mjs';
import { cases } from './processing/cases.mjs';

export const help = `Usage: npm run bench:processing -- [options]

Measures what a job costs besides what its module does: a processing app and a container whose modules do nothing, each beside what does the
same without Waystation. One job after another, each on one object, from its request to when its outcome is heard of; the rounds of all cases take
turns. Containers need Docker, or root for a Podman of our own.

Options:
  --cases LIST        (default: all)
  --jobs N            of each case in a round (default: 50)
  --folder FOLDER     for the data, instead of ./data
${commonHelp}

Cases:
${linesOf(cases)}

Example: npm run bench:processing -- --cases app,script-dcmjs --rounds 3`;

const options = { ...folderOption, cases: { type: 'string' }, jobs: { type: 'string', default: '50' } };

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { known, values, wholeNumber } = readBenchOptions(args, options);
  return { ...known, jobs: wholeNumber('jobs'), cases: namesIn(values.cases, cases, 'case') };
}
