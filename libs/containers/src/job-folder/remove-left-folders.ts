import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ownerText, parseOwner, type Owner } from '../ownership/owner.js';

/**
 * Removes folders of services that are no more. Each service has one below `folder`, named after it.
 *
 * @param leftBehind those of some services that are no more
 */
export const removeLeftFolders = async (
  folder: string,
  leftBehind: (owners: readonly Owner[]) => Promise<readonly Owner[]>,
): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  const owners = names.flatMap((name) => parseOwner(name) ?? []);
  for (const owner of await leftBehind(owners)) {
    await rm(join(folder, ownerText(owner)), { recursive: true, force: true });
  }
};
