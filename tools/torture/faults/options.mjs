import { parseArgs } from 'node:util';

const SUBSTRATES = ['embedded', 'services'];

export const help = `Usage: npm run torture -- [options]

Starts Waystations of its own, on the loopback address, in folders that are removed, has several scanners send to them, and
breaks what they stand on: processes, the database, the broker, the object store, connections, targets. When everything works
again and is at rest, all that senders were told and targets got is compared with the log and the object store. Ends with 1
where something was not as promised.

Options:
  --seed TEXT         what chance begins with; the same seed draws the same scenarios and faults (default: one of the clock, printed)
  --seeds N           runs of each substrate (default: 20)
  --substrate NAME    embedded (one process), services (a process each, over RabbitMQ and S3) or both (default: both)
  --only N            only the run of this number, to see a failure again
  --faults LIST       numbers of the faults of the schedule that happen, from 0; with --only (default: all of them)
  --at-a-time N       runs at the same time, each with servers of its own (default: 2)
  --reap              has Waystation remove what no event names when a system is through with its runs, and looks whether any is left
                      (half a minute each)
  --journal FILE      keeps what each run came to there, a line each, and does not do again the runs of this seed that held: a campaign
                      that was interrupted goes on, and what broke a promise is run again; the report is of all of them
  --report FILE       writes the report there as well, in Markdown
  --keep              leaves folders, databases and output of runs that broke a promise
  --no-build          takes what was built last
  --help

Examples:
  npm run torture -- --seed monday --seeds 5 --substrate embedded
  npm run torture -- --seed monday --substrate services --only 3
  npm run torture -- --seed monday --seeds 500 --journal monday.jsonl --report docs/reliability/faults.md`;

const options = {
  seed: { type: 'string' },
  seeds: { type: 'string', default: '20' },
  substrate: { type: 'string', default: 'both' },
  only: { type: 'string' },
  faults: { type: 'string' },
  'at-a-time': { type: 'string', default: '2' },
  journal: { type: 'string' },
  report: { type: 'string' },
  reap: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  build: { type: 'boolean', default: true },
  help: { type: 'boolean', default: false },
};

const number = (name, text) => {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} is ${JSON.stringify(text)}, expected a whole number`);
  return Number(text);
};

const substratesIn = (text) => {
  if (text === 'both') return SUBSTRATES;
  if (SUBSTRATES.includes(text)) return [text];
  throw new Error(`--substrate is ${JSON.stringify(text)}, expected ${SUBSTRATES.join(', ')} or both`);
};

/** The command line as an object. Throws where it cannot be understood. */
export function readOptions(args) {
  const { values } = parseArgs({ args, options, allowNegative: true });
  const { seed = String(Date.now()), seeds, substrate, only, faults, 'at-a-time': atATime, ...rest } = values;
  if (faults !== undefined && only === undefined) throw new Error('--faults is of one run: say which with --only');
  return {
    ...rest,
    seed,
    seeds: number('seeds', seeds),
    substrates: substratesIn(substrate),
    only: only === undefined ? undefined : number('only', only),
    faults: faults?.split(',').map((text) => number('faults', text)),
    atATime: Math.max(1, number('at-a-time', atATime)),
  };
}
