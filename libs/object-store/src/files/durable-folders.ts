import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError } from '@waystation/kernel';
import { errnoOf } from './file-fault.js';
import type { FolderSync } from './folder-sync.js';

/** For how long the root counts as there after a look: no longer than a write to the disk may take. */
const FRESH_MS = 100;

/** Makes folders below a root, each durable before it is used, and each asked for only once. */
export class DurableFolders {
  private readonly made = new Map<string, Promise<void>>();
  private seen: { readonly at: number; readonly there: Promise<void> } | undefined;

  private constructor(
    private readonly root: string,
    private readonly marker: string,
    private readonly folderSync: FolderSync,
  ) {}

  /** Makes the root itself where it is missing, and in it a folder by which it is known again. */
  static async open(root: string, marker: string, folderSync: FolderSync): Promise<DurableFolders> {
    const first = await mkdir(root, { recursive: true, mode: 0o700 });
    if (first !== undefined) {
      for (let folder = root; folder.length >= first.length; folder = dirname(folder))
        await folderSync.sync(dirname(folder));
    }
    await mkdir(join(root, marker), { recursive: true, mode: 0o700 });
    return new DurableFolders(root, join(root, marker), folderSync);
  }

  /** Resolves when the folder is there for good. Synced once even if it exists: whoever made it may not have come that far. */
  ensure(folder: string): Promise<void> {
    if (folder === this.root) return Promise.resolve();
    const known = this.made.get(folder);
    if (known) return known;
    const making = this.make(folder).catch((error: unknown) => {
      // One that it lies in may be gone, or never have been a folder: all of them are made again.
      this.forget();
      throw error;
    });
    this.made.set(folder, making);
    return making;
  }

  /**
   * Throws `object-store.unavailable` where the root is not the one that was opened. A volume that was unmounted leaves an
   * empty folder: nothing in it is missing, and what is written there is out of sight when the volume comes back.
   */
  async assertThere(): Promise<void> {
    const found = await stat(this.marker).catch(() => undefined);
    if (!found?.isDirectory())
      throw new CodedError(
        'object-store.unavailable',
        `${this.root} is not the folder that was opened: ${this.marker} is missing; is its volume mounted?`,
      );
  }

  /** {@link assertThere} for what happens many times a second: one look a moment ago is as good as one now. */
  assertThereLately(): Promise<void> {
    const now = performance.now();
    if (this.seen === undefined || now - this.seen.at > FRESH_MS) this.seen = { at: now, there: this.assertThere() };
    return this.seen.there;
  }

  /** Somebody removed folders: they are made again when they are asked for next. */
  forget(): void {
    this.made.clear();
  }

  private async make(folder: string): Promise<void> {
    const parent = dirname(folder);
    await this.ensure(parent);
    await this.assertThere();
    await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (errnoOf(error) !== 'EEXIST') throw error;
    });
    await this.folderSync.sync(parent);
  }
}
