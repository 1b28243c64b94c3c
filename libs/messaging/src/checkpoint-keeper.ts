import { messageOf } from '@waystation/kernel';
import type { Checkpoints } from './log-reader.js';
import type { BusLogger } from './bus-logger.js';

/** A checkpoint that is behind costs a few repetitions after a crash, a commit per event would cost far more. */
const saveEveryMs = 100;
const saveAgainMs = 1_000;

/** Writes a rising position down, at most every {@link saveEveryMs}, again where it failed, and once more when it is closed. */
export class CheckpointKeeper {
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> = Promise.resolve();
  #noted: number;
  #saved: number;
  #closed = false;

  constructor(
    private readonly checkpoints: Pick<Checkpoints, 'set'>,
    private readonly name: string,
    saved: number,
    private readonly logger: BusLogger,
  ) {
    this.#noted = saved;
    this.#saved = saved;
  }

  note(position: number): void {
    this.#noted = position;
    if (position !== this.#saved) this.#saveIn(saveEveryMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#save();
    await this.#saving;
  }

  #saveIn(milliseconds: number): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#save();
    }, milliseconds);
  }

  #save(): void {
    this.#saving = this.#saving.then(async () => {
      const position = this.#noted;
      if (position === this.#saved) return;
      try {
        await this.checkpoints.set(this.name, position);
        this.#saved = position;
      } catch (error) {
        this.logger.warn(`checkpoint ${this.name} not saved at ${position}: ${messageOf(error)}`);
        this.#saveIn(saveAgainMs);
      }
    });
  }
}
