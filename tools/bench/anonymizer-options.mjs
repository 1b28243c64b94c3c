import { commonHelp, readBenchOptions } from './bench-options.mjs';

export const help = `Usage: npm run bench:anonymizer -- [options]

Measures how many objects a second are de-identified, beside a plain script with dcmjs, in one process and from memory to memory, and
prints medians.

Options:
  --sizes LIST        rows and columns of the images (default: 64,512)
  --objects N         in a round (default: 500)
${commonHelp}

Example: npm run bench:anonymizer -- --sizes 128 --rounds 3`;

const options = { sizes: { type: 'string', default: '64,512' }, objects: { type: 'string', default: '500' } };

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { known, values, wholeNumber } = readBenchOptions(args, options);
  const sizes = values.sizes.split(',').map((size) => wholeNumber('sizes', size));
  return { ...known, objects: wholeNumber('objects'), sizes };
}
