import { parseArgs } from 'node:util';

/** Whom it measures: ours, and Python's. */
export const engines = {
  'waystation decide': 'the decision of all rules, as routing and what-if take it',
  'waystation explain': 'with the verdict of every rule and what it saw, as it is written down',
  'mercure asteval': "as mercure does: an interpreter of asteval per rule and series; needs Python's package asteval",
  'python eval': 'as mercure does with MERCURE_UNSAFE_RULE_EVALUATION: eval() of the text',
  'python compiled': 'eval() of what was compiled once, the most that Python can give',
};

const list = Object.entries(engines)
  .map(([name, about]) => `  ${name.padEnd(20)}${about}`)
  .join('\n');

export const help = `Usage: npm run bench:rules -- [options]

Measures how many series a second are decided by rules on one core, beside Python evaluators of the same rules, in one interleaved
run, and prints medians. Seconds are those of the processor. What the engines answer is compared.

Options:
  --rules LIST        how many rules (default: 1,10,40,200)
  --engines LIST      (default: all that can be had)
  --rounds N          (default: 5)
  --seconds N         for each (default: 2)
  --python PROGRAM    (default: python3)
  --markdown FILE     writes the tables there as well
  --no-build          takes what was built last
  --help

Engines:
${list}

Example: npm run bench:rules -- --rules 40 --rounds 3 --python .venv/bin/python`;

const options = {
  rules: { type: 'string', default: '1,10,40,200' },
  engines: { type: 'string' },
  rounds: { type: 'string', default: '5' },
  seconds: { type: 'string', default: '2' },
  python: { type: 'string', default: 'python3' },
  markdown: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** Reads the words behind the command. Throws with a sentence for whoever typed them. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options });
  const number = (name, text) => {
    const value = Number(text);
    if (value > 0 && (name === 'seconds' || Number.isInteger(value))) return value;
    throw new Error(`--${name} expects ${name === 'seconds' ? 'a' : 'a whole'} number above 0, found ${text}`);
  };
  return {
    help: values.help,
    build: !values['no-build'],
    python: values.python,
    markdown: values.markdown,
    rounds: number('rounds', values.rounds),
    seconds: number('seconds', values.seconds),
    counts: values.rules.split(',').map((text) => number('rules', text)),
    engines: values.engines?.split(',').map(knownEngine),
  };
}

function knownEngine(name) {
  if (Object.hasOwn(engines, name)) return name;
  throw new Error(`no engine '${name}': expected ${Object.keys(engines).join(', ')}`);
}
