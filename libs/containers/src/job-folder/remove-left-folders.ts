import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeftBehind, isProcessAlive } from '../ownership/is-left-behind.js';
import { parseOwner, type Owner } from '../ownership/owner.js';

/** Removes folders of services that are no more. Each service has one below `folder`, named after it. */
export const removeLeftFolders = async (folder: string, me: Owner): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = parseOwner(name);
    if (owner === undefined || !isLeftBehind(owner, me, isProcessAlive)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
};
