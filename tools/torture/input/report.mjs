import { mebibytes } from './limits.mjs';

/** The report in Markdown, for somebody who was not there. */
export function reportOf({ options, machine, batches, ledger, goodPeer, facts, breaks, log }) {
  const { seed, associations, only } = options;
  const what = only === undefined ? `${associations} conversations` : `one conversation (number ${only})`;
  const lines = [
    '# What bad input does',
    '',
    `Seed \`${seed}\`, ${what} changed by chance. ${machine}`,
    '',
    `**${breaks.length === 0 ? 'Everything was as promised.' : `${breaks.length} things were not as promised.`}**`,
    ...breaks.slice(0, 100).map((text) => `* ${text}`),
    '',
    '| Batch | Connections | Seconds | Memory in use | Resident | Open files | Longest hold of the event loop |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...batches.map(rowOf),
    '',
    `* ${ledger.connections} connections, ${ledger.accepted} of them accepted as associations; ${ledger.aborted} were told of an abort, ${ledger.rejected} of a rejection.`,
    `* ${ledger.kept.length} objects were answered Success: every one is in the log and in the object store, bit by bit.`,
    `* ${ledger.refused.length} objects were refused; ${facts.aside.size} different ones lie in quarantine with their bytes.`,
    `* The log tells of ${facts.associations.length} associations and ${facts.rejected.length} rejections, each with its reason. ${log}`,
    `* Meanwhile a good peer stored ${goodPeer.kept.length} objects and echoed ${goodPeer.echoes} times without a failure; the slowest took ${Math.round(goodPeer.slowestMs)} ms.`,
    '',
  ];
  return breaks.length === 0 ? lines.join('\n') : lines.map(withoutPraise).join('\n');
}

/** What is said to hold is said only of a run in which it did. */
const withoutPraise = (line) =>
  line.replace(': every one is in the log and in the object store, bit by bit', '').replace(' without a failure', '');

const rowOf = ({ name, connections, seconds, held }) => {
  const cells = [
    name,
    connections,
    seconds.toFixed(1),
    mebibytes(held.heapUsed + held.external),
    mebibytes(held.rss),
    held.files,
    `${Math.round(held.heldMs)} ms`,
  ];
  return `| ${cells.join(' | ')} |`;
};
