import { chmod, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inOurWords } from '../files/file-fault.js';
import { FolderSync } from '../files/folder-sync.js';
import { syncFile } from '../files/temporary-files.js';
import type { NewObject } from '../object-store.js';
import { Segment } from '../segments/segment.js';
import { objectFileName, segmentFileName } from './spool-file-name.js';
import type { SpoolPlace } from './spooled-object.js';

/** Space comes back by whole segments: shorter ones give it back sooner. */
const LONGEST_SEGMENT = 64 * 1024 * 1024;

/** For how long a segment counts as there after a look: no longer than a write to the disk may take. */
const FRESH_MS = 100;

/** What may still become of a file. */
interface Use {
  /** Objects that are being written, or that somebody is about to write down. */
  busy: number;
  /** By `performance.now()`: until then an object may be written down although its writer was told otherwise. */
  doubtUntil: number;
}

/** Writes objects to a spool, in a folder that nobody else writes to. Small ones share segments, large files are moved in. */
export class SpoolWriter {
  private readonly folder: string;
  private readonly folderSync = new FolderSync();
  private readonly uses = new Map<string, Use>();
  private current: Promise<Segment> | undefined;
  private currentFile: string | undefined;
  private count = 0;
  private lastUse = 0;
  private lastLook = 0;

  private constructor(
    private readonly root: string,
    /** Name of the folder. */
    readonly name: string,
    private readonly longest: number,
  ) {
    this.folder = join(root, name);
  }

  /** Makes the folder `name` below the root. Throws `object-store.full` or `object-store.unavailable`. */
  static create(root: string, name: string, longest = LONGEST_SEGMENT): Promise<SpoolWriter> {
    const writer = new SpoolWriter(root, name, longest);
    return inOurWords(`making the spool ${writer.folder}`, async () => {
      await writer.makeFolder();
      return writer;
    });
  }

  /**
   * Makes an object durable; a file is moved. Its file stays until the object is {@link settle}d, once for each call.
   * @param label ASCII letters, digits, dots, dashes and underscores, at most 140
   * @throws CodedError `object-store.full` or `object-store.unavailable`: then there is nothing to settle
   */
  async keep(object: NewObject, label: string): Promise<SpoolPlace> {
    this.lastUse = performance.now();
    return inOurWords(`spooling an object in ${this.folder}`, () =>
      'path' in object ? this.moveIn(object, object.path, label) : this.append(object, object.chunks, label),
    );
  }

  /**
   * Nobody is about to write an object down any more.
   * @param doubtMs for how long it may turn up all the same
   */
  settle({ file }: SpoolPlace, doubtMs = 0): void {
    const use = this.useOf(file);
    use.busy--;
    use.doubtUntil = Math.max(use.doubtUntil, doubtMs === 0 ? 0 : performance.now() + doubtMs);
    this.lastUse = performance.now();
  }

  /** Whether nothing is added to a file any more, and nobody is about to write down what is in it. */
  isFinished(file: string): boolean {
    return file !== this.currentFile && (this.uses.get(file)?.busy ?? 0) === 0;
  }

  /** Whether a file is finished, and nothing in it can turn up in the log any more that is not there yet. */
  isSettled(file: string): boolean {
    return this.isFinished(file) && performance.now() >= (this.uses.get(file)?.doubtUntil ?? 0);
  }

  /** Finishes the segment that is being written where nothing happened for so long, so that it can go. */
  async finishWhenIdle(idleMs: number): Promise<void> {
    if (this.current === undefined || performance.now() - this.lastUse < idleMs) return;
    await this.close();
  }

  /** Finishes the segment that is being written. */
  async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    this.currentFile = undefined;
    await (await current?.catch(() => undefined))?.finish();
  }

  /** Forgets a file that was removed. */
  forget(file: string): void {
    this.uses.delete(file);
  }

  private async append({ sha256, size }: NewObject, chunks: readonly Uint8Array[], label: string): Promise<SpoolPlace> {
    const entry = { length: size, sha256, label, writtenAt: Date.now() };
    await this.closeIfGone();
    for (;;) {
      const segment = await this.open();
      const appended = segment.append(chunks, entry, this.longest);
      if (appended !== undefined) {
        await this.busyWith(segment.name, appended.durable);
        return { file: segment.name, offset: appended.place.offset };
      }
      await this.finish(segment);
    }
  }

  private async moveIn({ sha256 }: NewObject, path: string, label: string): Promise<SpoolPlace> {
    const file = objectFileName(++this.count, label, sha256);
    const moving = async (): Promise<SpoolPlace> => {
      await chmod(path, 0o600);
      await syncFile(path);
      await rename(path, join(this.folder, file));
      await this.folderSync.sync(this.folder);
      return { file, offset: 0 };
    };
    return this.busyWith(file, moving());
  }

  /** Counts a use of the file from now on; not any more where the work fails. */
  private async busyWith<Result>(file: string, work: Promise<Result>): Promise<Result> {
    const use = this.useOf(file);
    use.busy++;
    try {
      return await work;
    } catch (error) {
      use.busy--;
      throw error;
    }
  }

  private useOf(file: string): Use {
    const use = this.uses.get(file) ?? { busy: 0, doubtUntil: 0 };
    this.uses.set(file, use);
    return use;
  }

  /** Somebody may have cleared the spool away: what is written to a file without a name is lost. */
  private async closeIfGone(): Promise<void> {
    const file = this.currentFile;
    if (file === undefined || this.current === undefined || performance.now() - this.lastLook < FRESH_MS) return;
    this.lastLook = performance.now();
    await this.current.catch(() => undefined);
    const isThere = await stat(join(this.folder, file)).then(
      () => true,
      () => false,
    );
    if (!isThere && this.currentFile === file) await this.close();
  }

  /** The segment that is being written; the first to ask makes it. */
  private open(): Promise<Segment> {
    this.current ??= this.create().catch((error: unknown) => {
      this.current = undefined;
      this.currentFile = undefined;
      throw error;
    });
    return this.current;
  }

  private async finish(segment: Segment): Promise<void> {
    if ((await this.current) === segment) this.current = undefined;
    await segment.finish();
  }

  /** Also when there was one already: somebody may have cleared the spool away. */
  private async makeFolder(): Promise<void> {
    if ((await mkdir(this.folder, { recursive: true, mode: 0o700 })) !== undefined)
      await this.folderSync.sync(this.root);
  }

  private async create(): Promise<Segment> {
    const file = segmentFileName(++this.count);
    this.currentFile = file;
    await this.makeFolder();
    const segment = await Segment.create(file, join(this.folder, file));
    await this.folderSync.sync(this.folder);
    return segment;
  }
}
