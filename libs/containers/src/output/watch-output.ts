import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tooLarge, tooMany } from './output-entries.js';
import type { OutputBounds } from './output-bounds.js';

const LOOK_MS = 500;

/**
 * Looks at folders that a container writes to, until it is told to stop, so that it fills no disk while it runs.
 *
 * @param onTooMuch told once, with what is wrong; nothing is looked at any more then
 */
export const watchOutput = async (
  folders: readonly string[],
  bounds: OutputBounds,
  onTooMuch: (error: Error) => void,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    const seen = { entries: 0, bytes: 0 };
    for (const folder of folders) await count(folder, bounds, seen);
    if (seen.entries > bounds.entries) return onTooMuch(tooMany(bounds));
    if (seen.bytes > bounds.bytes) return onTooMuch(tooLarge(bounds));
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
};

/** What vanishes meanwhile does not count; bytes are those on the disk, as a file may have holes. */
const count = async (folder: string, bounds: OutputBounds, seen: { entries: number; bytes: number }): Promise<void> => {
  try {
    for await (const { name } of await opendir(folder)) {
      const path = join(folder, name);
      const entry = await lstat(path);
      seen.entries += 1;
      seen.bytes += entry.isFile() ? entry.blocks * 512 : 0;
      if (seen.entries > bounds.entries) return;
      if (entry.isDirectory()) await count(path, bounds, seen);
    }
  } catch {
    return;
  }
};
