import { setTimeout as delay } from 'node:timers/promises';
import { kinds } from './kinds.mjs';

/** Has the faults of a schedule happen to a system. */
export class FaultRun {
  /** When the last of them was over, milliseconds since 1970. */
  overAt = Date.now();
  #timed = [];
  #failures = [];
  /** Per fault that began: tells whether something came of it. */
  #struck = new Map();

  constructor(system, faults) {
    Object.assign(this, { system, faults });
  }

  /** The faults that something came of: a wire that is cut while nobody is on it is none. */
  get happened() {
    return this.faults.filter((_, index) => this.#struck.get(index)?.() === true);
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
    const { begin, end, toll } = kinds[fault.kind];
    const before = toll?.(this.system, fault);
    try {
      const began = (await begin(this.system, fault, wire)) !== false;
      if (began) this.#struck.set(index, () => toll === undefined || toll(this.system, fault) > before);
      if (began && end !== undefined) await delay(fault.forMs);
      // Also of what came to nothing: it may have come half way.
      await end?.(this.system, fault);
    } catch (error) {
      this.#failures.push(new Error(`${JSON.stringify(fault)} could not be done: ${error.message}`, { cause: error }));
    }
    this.overAt = Math.max(this.overAt, Date.now() + (fault.restartMs ?? 0));
  }
}
