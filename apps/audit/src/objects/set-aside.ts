import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from '@waystation/kernel';
import { isPlaceKey, type ObjectStore } from '@waystation/object-store';
import type { NamedInLog } from './named-in-log.js';

/** Where the bytes of objects wait that were removed. */
const ASIDE = 'reaped/';

/**
 * Longer than it takes from finding bytes under a key to writing down that they are an object: the database gives up on an append
 * after 10 s.
 */
const SETTLE_MS = 30_000;

/**
 * Removes objects in two steps where their keys could be given out again: the same bytes get the same key, and whoever receives
 * them may have found them there a moment before. Their bytes are kept aside until the log would name them, and come back if it does.
 */
export class SetAside {
  /**
   * @param folder for copies on their way; made where it is missing
   * @param settleMs how long bytes wait
   */
  constructor(
    private readonly objects: ObjectStore,
    private readonly folder: string,
    private readonly settleMs = SETTLE_MS,
  ) {}

  /** Removes objects from where they are found. */
  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) if (canComeAgain(key)) await this.copy(key, ASIDE + key);
    await this.objects.remove(...keys);
  }

  /**
   * Lets everything go that waits, also of a run that was cut off, but what the log names by now: that comes back.
   * @returns keys of what came back
   */
  async settle(names: NamedInLog, signal: AbortSignal): Promise<readonly string[]> {
    if (!(await this.isWaiting())) return [];
    await delay(this.settleMs, undefined, { signal });
    await names.catchUp();
    const back: string[] = [];
    for await (const { key: aside } of this.objects.list(ASIDE)) {
      const key = aside.slice(ASIDE.length);
      if (names.names(key)) {
        await this.copy(aside, key);
        back.push(key);
      }
      await this.objects.remove(aside);
    }
    return back;
  }

  /** Whether the bytes of anything wait. */
  async isWaiting(): Promise<boolean> {
    for await (const _object of this.objects.list(ASIDE)) return true;
    return false;
  }

  private async copy(from: string, to: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, randomUUID());
    try {
      await pipeline(await this.objects.get(from), createWriteStream(path, { mode: 0o600 }));
      await this.objects.putFile(to, path);
    } catch (error) {
      if (!hasCode(error, 'object-store.missing')) throw error;
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Places in segments are never given out twice, and no attempt of a job has the keys of another. */
const canComeAgain = (key: string): boolean => !isPlaceKey(key) && !key.startsWith('derived/');
