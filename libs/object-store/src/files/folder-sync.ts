import { open } from 'node:fs/promises';
import { GroupSync } from '../group-sync.js';

const fsync = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Makes the names in folders durable. While a folder is being synced, all who ask meanwhile share one more round. */
export class FolderSync {
  private readonly groups = new Map<string, GroupSync>();

  /** Resolves when everything that was in the folder at the time of the call is durable. */
  sync(folder: string): Promise<void> {
    const group = this.groups.get(folder) ?? new GroupSync(() => fsync(folder));
    this.groups.set(folder, group);
    const settled = group.settled();
    const forget = (): void => {
      if (group.idle && this.groups.get(folder) === group) this.groups.delete(folder);
    };
    settled.then(forget, forget);
    return settled;
  }
}
