/** Runs that one system lives through: most of what a run costs is the start of programs. */
const LIFE = 5;

/** The runs of a campaign but those left out, those that follow each other on one system together. */
export function livesOf({ seed, seeds, substrates, only }, isLeftOut) {
  const numbers = only === undefined ? Array.from({ length: seeds }, (_, number) => number) : [only];
  return substrates.flatMap((substrate) => {
    const all = numbers.map((number) => ({
      ...{ substrate, number, seed: `${seed} ${number}` },
      // What is drawn of the system is the same whichever of its runs are done.
      system: `${seed} ${substrate} ${Math.floor(number / LIFE)}`,
    }));
    const runs = all.filter((run) => !isLeftOut(run));
    const systems = [...new Set(runs.map(({ system }) => system))];
    return systems.map((system) => runs.filter((run) => run.system === system));
  });
}

export const isLast = (run, life) => run === life.at(-1);
