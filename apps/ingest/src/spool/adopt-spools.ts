import type { Checkpoints } from '@waystation/event-log';
import { SpoolFolder, spoolWriters } from '@waystation/object-store';
import { DOUBT_MS, officeOfSpool, type HeldSpool } from './held-spool.js';
import { SpoolProgress } from './spool-progress.js';

/** Finds what writers left behind that are gone: killed, hung, or stopped before the object store took everything. */
export class AdoptSpools {
  private readonly unknown = new Set<string>();

  /**
   * @param root where the folders of all writers are
   * @param warn told of folders that this log knows nothing of
   */
  constructor(
    private readonly root: string,
    private readonly checkpoints: Checkpoints,
    private readonly warn: (sentence: string) => void,
  ) {}

  /** Takes over what nobody is in office for; a writer that lives keeps its own. */
  async adopt(): Promise<readonly HeldSpool[]> {
    const adopted: HeldSpool[] = [];
    for (const writer of await spoolWriters(this.root)) {
      const spool = this.unknown.has(writer) ? undefined : await this.take(writer);
      if (spool !== undefined) adopted.push(spool);
    }
    return adopted;
  }

  /** Removes the folder of a writer that is gone, if it has no objects, and everything that spoke of it. */
  async finish({ folder, office }: HeldSpool): Promise<boolean> {
    if (!office.held || (await folder.files()).length > 0) return false;
    await folder.removeFolder();
    await this.checkpoints.forget(officeOfSpool(folder.writer));
    await office.giveBack();
    return true;
  }

  private async take(writer: string): Promise<HeldSpool | undefined> {
    const name = officeOfSpool(writer);
    const office = await this.checkpoints.take(name);
    if (office === undefined) return undefined;
    const folder = new SpoolFolder(this.root, writer);
    if ((await this.checkpoints.get(name)) === 0) {
      await office.giveBack();
      await this.leaveAlone(writer);
      return undefined;
    }
    const takenAt = performance.now();
    const isSettled = (): boolean => performance.now() - takenAt >= DOUBT_MS;
    const progress = await progressOf(folder);
    return { office, folder, progress, isFinished: () => true, isSettled, forget: () => undefined };
  }

  /** What another log knows of must not be judged by this one. */
  private async leaveAlone(writer: string): Promise<void> {
    if (!(await spoolWriters(this.root)).includes(writer)) return;
    this.unknown.add(writer);
    this.warn(`spool ${this.root}/${writer} was written by a Waystation with another event log, and is left alone`);
  }
}

const progressOf = async (folder: SpoolFolder): Promise<SpoolProgress> => {
  const progress = new SpoolProgress();
  for (const file of await folder.files())
    for await (const { size, writtenAt } of folder.list(file)) progress.added(file, size, writtenAt);
  return progress;
};
