/** What waits in a spool. */
export interface SpoolTotals {
  readonly objects: number;
  readonly bytes: number;
  /** When the first of them came, milliseconds since 1970; undefined where there is none. */
  readonly oldestAt: number | undefined;
}

interface FileProgress {
  objects: number;
  bytes: number;
  oldestAt: number | undefined;
  /** Everything before this place has left the spool. */
  cursor: number;
}

/** How far the files of one spool have been emptied. What a crash cut off may count for a while. */
export class SpoolProgress {
  private readonly files = new Map<string, FileProgress>();

  /** An object came, or was found. */
  added(file: string, size: number, at: number): void {
    const progress = this.of(file);
    progress.objects++;
    progress.bytes += size;
    progress.oldestAt ??= at;
  }

  /** Everything before a place has left: so many objects and bytes since the last time. */
  passed(file: string, left: { readonly objects: number; readonly bytes: number; readonly cursor: number }): void {
    const progress = this.of(file);
    progress.objects = Math.max(0, progress.objects - left.objects);
    progress.bytes = Math.max(0, progress.bytes - left.bytes);
    progress.cursor = left.cursor;
  }

  /** What waits longest in the file came then. */
  waitingSince(file: string, at: number | undefined): void {
    this.of(file).oldestAt = at;
  }

  cursorOf(file: string): number {
    return this.files.get(file)?.cursor ?? 0;
  }

  removed(file: string): void {
    this.files.delete(file);
  }

  get totals(): SpoolTotals {
    return sumOf([...this.files.values()]);
  }

  private of(file: string): FileProgress {
    const progress = this.files.get(file) ?? { objects: 0, bytes: 0, oldestAt: undefined, cursor: 0 };
    this.files.set(file, progress);
    return progress;
  }
}

/** What waits in several. */
export const sumOf = (totals: readonly SpoolTotals[]): SpoolTotals => ({
  objects: totals.reduce((sum, { objects }) => sum + objects, 0),
  bytes: totals.reduce((sum, { bytes }) => sum + bytes, 0),
  oldestAt: totals.flatMap(({ oldestAt }) => oldestAt ?? []).reduce<number | undefined>(earlier, undefined),
});

const earlier = (a: number | undefined, b: number): number => (a === undefined ? b : Math.min(a, b));
