import { kindsOf } from './schedule.mjs';

const invariants = {
  1: 'Success means kept, bit by bit, with its event',
  2: 'Every series gets the decision and the deliveries that its content calls for, none twice in silence',
  3: 'The log verifies, and what is derived from it can be derived again',
  4: 'Nothing stays stuck: at rest within 30 s of the last fault',
  5: 'Memory and files at the end are those of the beginning',
};

/** The report in Markdown, for somebody who was not there. */
export function reportOf({ options, machine, results }) {
  const broken = results.filter(({ differences }) => differences.length > 0);
  const before = results.flatMap((result) => result.before);
  return [
    '# What faults do',
    '',
    `Seed \`${options.seed}\`, ${results.length} runs, ${hoursOf(results)} of runs, of revision ${revisionsOf(results)}. ${machine}`,
    '',
    `**${broken.length === 0 ? 'Everything was as promised.' : `${broken.length} runs were not as promised.`}**`,
    '',
    ...tableOf(
      ['Promise', 'Runs that broke it'],
      Object.entries(invariants).map(([number, text]) => [text, breaking(results, number)]),
    ),
    '',
    ...tableOf(
      [
        'Substrate',
        'Runs',
        'Sent',
        'Events',
        'Delivered',
        'Delivered again, as the ledger says',
        'Longest way to rest',
        'and waiting for a core meanwhile',
      ],
      substratesIn(results),
    ),
    '',
    ...tableOf(['Fault', 'Drawn', 'Happened'], kindsIn(options.substrates, results)),
    '',
    'A fault that waits for a step which the run did not come to does not happen, nor does one of a wire, a target or a scanner which nobody',
    'used meanwhile. Those that happened at a step, by step:',
    '',
    ...tableOf(['Step', 'Killed there', 'Cut there'], stepsIn(results)),
    '',
    ...broken.flatMap(sectionOf),
    ...(before.length === 0 ? [] : ['# What broke before, and was run again', '']),
    ...before.flatMap(sectionOf),
  ].join('\n');
}

const hoursOf = (results) => {
  const seconds = results.reduce((total, result) => total + result.seconds, 0);
  return seconds < 5_400 ? `${(seconds / 60).toFixed(1)} minutes` : `${(seconds / 3_600).toFixed(1)} hours`;
};

const revisionsOf = (results) => [...new Set(results.map(({ revision }) => `\`${revision}\``))].join(', ');

const tableOf = (head, rows) =>
  [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const breaking = (results, number) =>
  results.filter(({ differences }) => differences.some(({ invariant }) => invariant === Number(number))).length;

const sum = (results, figure) => results.reduce((total, { figures }) => total + (figures[figure] ?? 0), 0);

const substratesIn = (results) =>
  [...new Set(results.map(({ substrate }) => substrate))].map((name) => {
    const own = results.filter(({ substrate }) => substrate === name);
    const longest = own.map(({ rest }) => rest).toSorted((a, b) => (b?.waitedMs ?? 0) - (a?.waitedMs ?? 0))[0];
    const figures = ['sent', 'events', 'deliveries', 'repeated'].map((figure) => sum(own, figure));
    return [name, own.length, ...figures, secondsOf(longest?.waitedMs), secondsOf(longest?.starvedMs)];
  });

const secondsOf = (ms = 0) => `${(ms / 1_000).toFixed(1)} s`;

const kindsIn = (substrates, results) => {
  const count = (faults, kind) => faults.filter((fault) => fault.kind === kind).length;
  const [drawn, happened] = [results.flatMap(({ faults }) => faults), results.flatMap((result) => result.happened)];
  return [...new Set(substrates.flatMap(kindsOf))]
    .toSorted((a, b) => a.localeCompare(b))
    .map((kind) => [kind, count(drawn, kind), count(happened, kind)]);
};

const stepsIn = (results) => {
  const struck = results.flatMap(({ happened }) => happened).filter(({ at }) => at.step !== undefined);
  const nameOf = ({ at }) => `${at.wire}: ${at.phase} ${at.step}`;
  const count = (name, kind) => struck.filter((fault) => nameOf(fault) === name && fault.kind === kind).length;
  return [...new Set(struck.map(nameOf))]
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => [name, count(name, 'kill at a step'), count(name, 'cut at a step')]);
};

const sectionOf = ({ substrate, seed, revision, faults, differences }) => [
  `## ${substrate}, seed \`${seed}\`, revision \`${revision}\``,
  '',
  ...differences.slice(0, 50).map(({ invariant, name, what, where }) => `* ${invariant}, ${name}: ${what} (${where})`),
  '',
  '```json',
  ...faults.map((fault) => JSON.stringify(fault)),
  '```',
  '',
];
