import { setTimeout as delay } from 'node:timers/promises';
import { kinds } from './kinds.mjs';

/** Has the faults of a schedule happen to a system. */
export class FaultRun {
  /** Per fault: whether it happened. */
  happened;
  /** When the last of them was over, milliseconds since 1970. */
  overAt = Date.now();
  #timed = [];
  #failures = [];

  constructor(system, faults) {
    Object.assign(this, { system, faults });
    this.happened = faults.map(() => false);
  }

  /** From now on they happen. */
  begin() {
    for (const [index, fault] of this.faults.entries()) {
      if (fault.at.step === undefined) this.#timed.push(this.#later(index, fault));
      else this.system.traps.set({ ...fault.at, act: (wire) => this.#happen(index, fault, wire) });
    }
  }

  /** Waits for the faults that have a time. Those that wait for a step still may happen. */
  async timed() {
    await Promise.all(this.#timed);
  }

  /** Nothing happens any more. Throws where a fault could not be done. */
  end() {
    this.system.traps.clear();
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  async #later(index, fault) {
    await delay(fault.at.ms);
    await this.#happen(index, fault);
  }

  /** The bytes of a step wait for it: what happens at a step has no time of its own. */
  async #happen(index, fault, wire) {
    const { begin, end } = kinds[fault.kind];
    this.happened[index] = true;
    try {
      await begin(this.system, fault, wire);
      if (end !== undefined) {
        await delay(fault.forMs);
        await end(this.system, fault);
      }
    } catch (error) {
      this.#failures.push(new Error(`${JSON.stringify(fault)} could not be done: ${error.message}`, { cause: error }));
    }
    this.overAt = Math.max(this.overAt, Date.now() + (fault.restartMs ?? 0));
  }
}
