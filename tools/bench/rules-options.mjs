import { commonHelp, linesOf, namesIn, readBenchOptions } from './bench-options.mjs';

/** Whom it measures: ours, and Python's. */
export const engines = {
  'waystation decide': 'the decision of all rules, as routing and what-if take it',
  'waystation explain': 'with the verdict of every rule and what it saw, as it is written down',
  'mercure asteval': "as mercure does: an interpreter of asteval per rule and series; needs Python's package asteval",
  'python eval': 'as mercure does with MERCURE_UNSAFE_RULE_EVALUATION: eval() of the text',
  'python compiled': 'eval() of what was compiled once, the most that Python can give',
};

export const help = `Usage: npm run bench:rules -- [options]

Measures how many series a second are decided by rules on one core, beside Python evaluators of the same rules, in one interleaved
run, and prints medians. Seconds are those of the processor. What the engines answer is compared.

Options:
  --rules LIST        how many rules (default: 1,10,40,200)
  --engines LIST      (default: all that can be had)
  --seconds N         for each (default: 2)
  --python PROGRAM    (default: python3)
${commonHelp}

Engines:
${linesOf(engines, (about) => about)}

Example: npm run bench:rules -- --rules 40 --rounds 3 --python .venv/bin/python`;

const options = {
  rules: { type: 'string', default: '1,10,40,200' },
  engines: { type: 'string' },
  seconds: { type: 'string', default: '2' },
  python: { type: 'string', default: 'python3' },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { known, values, wholeNumber, number } = readBenchOptions(args, options);
  return {
    ...known,
    python: values.python,
    seconds: number('seconds'),
    counts: values.rules.split(',').map((text) => wholeNumber('rules', text)),
    engines: namesIn(values.engines, engines, 'engine'),
  };
}
