import type { RecordedEvent } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { AppendUnit } from './append-unit.js';
import { encodeUnit } from './encode-unit.js';
import type { EncodedUnit } from './encoded-unit.js';
import { takeCall, type CallLimits } from './take-call.js';
import { wrongExpectedVersion, type UnitOutcome } from './unit-outcome.js';

interface Waiting {
  readonly unit: EncodedUnit;
  readonly resolve: (recorded: readonly RecordedEvent[]) => void;
  readonly reject: (reason: unknown) => void;
}

const LIMITS: CallLimits = { events: 1000, size: 4_000_000 };

/**
 * Group commit: whatever arrives while a call is under way goes out in the next one. It waits for nothing else, so an
 * idle log answers after one commit, and a busy one shares each commit among all that arrived meanwhile.
 */
export class GroupAppender {
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly call: (units: readonly EncodedUnit[]) => Promise<readonly UnitOutcome[]>,
    private readonly limits = LIMITS,
  ) {}

  /** @throws log.wrong-expected-version, log.invalid-unit, and whatever the call throws */
  async append(unit: AppendUnit): Promise<readonly RecordedEvent[]> {
    const encoded = encodeUnit(unit);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ unit: encoded, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits or is under way. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn, so that what the same turn brings shares the first call.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const { taken, left } = takeCall(this.#waiting, this.limits);
      this.#waiting = [...left];
      await this.#send(taken);
    }
    this.#running = undefined;
  }

  async #send(taken: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.call(taken.map(({ unit }) => unit));
      for (const [index, { resolve, reject }] of taken.entries()) {
        const outcome = outcomes[index];
        if (outcome && 'recorded' in outcome) resolve(outcome.recorded);
        else if (outcome) reject(wrongExpectedVersion(outcome.conflict));
      }
    } catch (error) {
      // The database refused the call for something in it: neighbours must not pay for that.
      if (taken.length > 1 && hasCode(error, 'log.refused')) for (const one of taken) await this.#send([one]);
      else for (const { reject } of taken) reject(error);
    }
  }
}
