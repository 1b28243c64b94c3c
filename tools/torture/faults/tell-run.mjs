const SHOWN = 12;

const secondsOf = (ms = 0) => `${(ms / 1_000).toFixed(1)} s`;

/** A run in a line. */
export const lineOf = ({ substrate, seed, faults, happened, figures, differences, rest, seconds }) =>
  [
    `${substrate} "${seed}": ${differences.length === 0 ? 'held' : `${differences.length} DIFFERENCES`}`,
    `${happened.length} of ${faults.length} faults, ${figures.sent ?? 0} sent, ${figures.events ?? 0} events`,
    `at rest after ${secondsOf(rest?.waitedMs)} (and ${secondsOf(rest?.starvedMs)} for a core), ${seconds.toFixed(1)} s in all`,
  ].join(', ');

/** What broke, and what faults there were; nothing where all held. */
export const detailsOf = ({ faults, differences }) =>
  differences.length === 0
    ? []
    : [
        ...faults.map((fault) => `    ${JSON.stringify(fault)}`),
        ...differences
          .slice(0, SHOWN)
          .map(({ invariant, name, what, where }) => `  ! ${invariant} ${name}: ${what} [${where}]`),
      ];

/** How often each step was there to break something at: a fault at a step that never came did not happen. */
export const stepsOf = (seen = new Map()) =>
  [...seen]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([step, times]) => `    ${String(times).padStart(5)} × ${step}`)
    .join('\n');
