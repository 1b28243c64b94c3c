import { readFileSync } from 'node:fs';

/**
 * Milliseconds for which a process wanted to run and the machine had no core for it, since it began (Linux, schedstat); 0 where
 * the machine does not say.
 */
const starvedSinceItBegan = (pid) => {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
};

/**
 * How long services waited for the machine itself, which somebody else may use as well: of every interval between two looks the
 * longest such wait of any of them.
 */
export class Starvation {
  ms = 0;
  #last = new Map();

  constructor(services) {
    this.services = services;
    this.reset();
  }

  look() {
    const waits = this.services.map(({ pid }) => {
      const [now, before] = [starvedSinceItBegan(pid), this.#last.get(pid) ?? 0];
      this.#last.set(pid, now);
      return now - before;
    });
    this.ms += Math.max(0, ...waits);
  }

  /** From now on, of all that was not looked at so far. */
  reset() {
    this.look();
    this.ms = 0;
  }
}
