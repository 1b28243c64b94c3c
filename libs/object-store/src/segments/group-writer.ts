import type { FileHandle } from 'node:fs/promises';
import { writeFully } from '../write-fully.js';

/** What belongs at one place of the file. */
interface Waiting {
  readonly chunks: readonly Uint8Array[];
  readonly start: number;
  /** Bytes up to where the next begins; at least those of the chunks. */
  readonly length: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Bytes after which a group is full: the first in it waits for the last. */
const FULL = 4 * 1024 * 1024;

/**
 * Writes what lies one behind the other. Whatever arrives while a write is under way goes out in the next one, so that many
 * small objects cost one call of the kernel and one wait for the disk. It waits for nothing else.
 */
export class GroupWriter {
  private waiting: Waiting[] = [];
  private isRunning = false;

  constructor(
    private readonly handle: FileHandle,
    /** Makes durable what was written; undefined for a file whose writes return only then (`O_DSYNC`). */
    private readonly sync: (() => Promise<void>) | undefined,
  ) {}

  /** Resolves when the chunks are durable. What is given next must begin where this one ends. */
  write(chunks: readonly Uint8Array[], start: number, length: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ chunks, start, length, resolve, reject });
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    // One turn, so that what the same turn brings shares the first write.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.writeGroup(this.take());
    this.isRunning = false;
  }

  private take(): readonly Waiting[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ length }) => (bytes += length) > FULL);
    const count = end < 0 ? this.waiting.length : Math.max(1, end);
    return this.waiting.splice(0, count);
  }

  private async writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      await writeFully(this.handle, joined(group), group[0]?.start ?? 0);
      await this.sync?.();
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** The chunks of all, with what lies between one and the next. */
const joined = (group: readonly Waiting[]): Uint8Array[] =>
  group.flatMap(({ chunks, length }, index) => {
    if (index === group.length - 1) return chunks as Uint8Array[];
    const gap = length - chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return gap === 0 ? (chunks as Uint8Array[]) : [...chunks, new Uint8Array(gap)];
  });
