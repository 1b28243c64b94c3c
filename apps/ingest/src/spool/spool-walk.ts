import type { SpooledObject } from '@waystation/object-store';

/** How far one pass over a file came: everything before the cursor is gone. */
export class SpoolWalk {
  objects = 0;
  bytes = 0;
  /** When the first object that is still needed came. */
  waitingSince: number | undefined;

  constructor(public cursor: number) {}

  /** Whether something is needed, so that the cursor stays before it. */
  get isHeldUp(): boolean {
    return this.waitingSince !== undefined;
  }

  take(batch: readonly SpooledObject[], gone: ReadonlySet<SpooledObject>): void {
    for (const object of batch) {
      if (this.isHeldUp) return;
      if (!gone.has(object)) {
        this.waitingSince = object.writtenAt;
        return;
      }
      this.objects++;
      this.bytes += object.size;
      this.cursor = object.end;
    }
  }
}
