import { parseArgs } from 'node:util';

export const help = `Usage: npm run bench:anonymizer -- [options]

Measures how many objects a second are de-identified, beside a plain script with dcmjs, in one process and from memory to memory, and
prints medians.

Options:
  --sizes LIST        rows and columns of the images (default: 64,512)
  --objects N         in a round (default: 500)
  --rounds N          (default: 5)
  --markdown FILE     writes the tables there as well
  --no-build          takes what was built last
  --help

Example: npm run bench:anonymizer -- --sizes 128 --rounds 3`;

const options = {
  sizes: { type: 'string', default: '64,512' },
  objects: { type: 'string', default: '500' },
  rounds: { type: 'string', default: '5' },
  markdown: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options });
  const number = (name, text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`--${name} expects whole numbers above 0, found ${text}`);
  };
  return {
    help: values.help,
    build: !values['no-build'],
    markdown: values.markdown,
    objects: number('objects', values.objects),
    rounds: number('rounds', values.rounds),
    sizes: values.sizes.split(',').map((size) => number('sizes', size)),
  };
}
