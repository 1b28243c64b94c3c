import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { AppendUnit } from './append-unit.js';
import { encodeUnit } from './encode-unit.js';
import type { EncodedUnit } from './encoded-unit.js';
import { Prerequisite, PrerequisiteFailed } from './prerequisite.js';
import { takeCall, type CallLimits } from './take-call.js';
import { wrongExpectedVersion, type UnitOutcome } from './unit-outcome.js';

interface Waiting {
  readonly unit: EncodedUnit;
  readonly after: Prerequisite | undefined;
  readonly resolve: (recorded: readonly RecordedEvent[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Turns of the event loop before each call: whoever was answered last has sent the next thing by then. */
const TURNS = 3;

const LIMITS: CallLimits = { events: 1000, size: 4_000_000 };

/**
 * Group commit: whatever arrives while a call is under way goes out in the next one, and what has arrived at the sockets
 * comes along. It waits for no time to pass, so an idle log answers after one commit, and a busy one shares each commit among
 * all that arrived meanwhile: callers that wait for each answer soon call together, which costs a third less than alone.
 */
export class GroupAppender {
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly call: (
      units: readonly EncodedUnit[],
      after: Promise<void> | undefined,
    ) => Promise<readonly UnitOutcome[]>,
    private readonly limits = LIMITS,
  ) {}

  /** @throws log.wrong-expected-version, log.invalid-unit, and whatever the call throws */
  async append(unit: AppendUnit): Promise<readonly RecordedEvent[]> {
    const after = unit.after && new Prerequisite(unit.after);
    const encoded = encodeUnit(unit);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit: encoded, after, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits or is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await someTurns();
      const { taken, left } = takeCall(this.#waiting, this.limits);
      this.#waiting = [...left];
      await this.#send(taken);
    }
    this.#running = undefined;
  }

  /** Nothing was written, for what one of them waited for: neighbours must not pay for that either. */
  async #sendWithoutFailed(taken: readonly Waiting[]): Promise<void> {
    const left: Waiting[] = [];
    for (const one of taken) {
      const failure = await one.after?.failure();
      if (failure === undefined) left.push(one);
      else one.reject(failure.reason);
    }
    if (left.length > 0) await this.#send(left);
  }

  async #send(taken: readonly Waiting[]): Promise<void> {
    try {
      const units = taken.map(({ unit }) => unit);
      const outcomes = await this.call(units, Prerequisite.ofAll(taken.map(({ after }) => after)));
      for (const [index, { resolve, reject }] of taken.entries()) {
        const outcome = outcomes[index];
        if (outcome && 'recorded' in outcome) resolve(outcome.recorded);
        else if (outcome) reject(wrongExpectedVersion(outcome.conflict));
      }
    } catch (error) {
      if (error instanceof PrerequisiteFailed) return this.#sendWithoutFailed(taken);
      // The database refused the call for something in it: neighbours must not pay for that.
      if (taken.length > 1 && hasCode(error, 'log.refused')) for (const one of taken) await this.#send([one]);
      else for (const { reject } of taken) reject(error);
    }
  }
}

const someTurns = async (): Promise<void> => {
  for (let turns = 0; turns < TURNS; turns++) await turn();
};
