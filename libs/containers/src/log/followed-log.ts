import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@waystation/kernel';

/** Engines now and then do not notice that a container has ended whose log they follow: then it is read once more. */
const END_MS = 1000;
/** For a log that is there already, however long it is. */
const REREAD_MS = 60_000;

/** Reads a log from its beginning: to what there is now, or until the container ends. */
export type LogReader = (follow: boolean, onBytes: (bytes: Uint8Array) => void, signal: AbortSignal) => Promise<void>;

export interface LogHabits {
  /** Whether a log that was followed to its end is whole: Podman lets go of some before it has sent the last lines. */
  readonly endsWhole: boolean;
}

/** The log of one container, passed on as it is written. */
export class FollowedLog {
  /** Bytes that were passed on. */
  private seen = 0;
  private readonly over = new AbortController();
  private readonly following: Promise<boolean>;

  /** Begins to follow it; the container has been started. */
  constructor(
    private readonly read: LogReader,
    private readonly onLog: (bytes: Uint8Array) => void,
    private readonly habits: LogHabits,
  ) {
    this.following = this.#read(true, this.over.signal).then(
      () => true,
      () => false,
    );
  }

  /** Sees to it that all of it was passed on; the container has ended. What cannot be had is lost, and the log says so. */
  async complete(): Promise<void> {
    const late = sleep(END_MS, false, { signal: this.over.signal }).catch(() => false);
    const isWhole = await Promise.race([this.following, late]);
    await this.stop();
    if (isWhole && this.habits.endsWhole) return;
    try {
      await this.#read(false, AbortSignal.timeout(REREAD_MS));
    } catch (error) {
      this.onLog(Buffer.from(`[the rest of the log was lost: ${messageOf(error)}]\n`));
    }
  }

  /** Passes on nothing more. */
  async stop(): Promise<void> {
    this.over.abort();
    await this.following;
  }

  /** What was passed on before is not passed on again. */
  #read(follow: boolean, signal: AbortSignal): Promise<void> {
    let left = this.seen;
    const pass = (bytes: Uint8Array): void => {
      const fresh = bytes.subarray(Math.min(left, bytes.length));
      left -= bytes.length - fresh.length;
      this.seen += fresh.length;
      if (fresh.length > 0) this.onLog(fresh);
    };
    return this.read(follow, pass, signal);
  }
}
