import { lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes `owner` own the folder with all that is in it; does nothing when the folder is already the owner's. */
export async function giveFolder(folder: string, owner: number): Promise<void> {
  if ((await stat(folder)).uid === owner) return;
  const entries = await readdir(folder, { recursive: true });
  for (const entry of entries) await lchown(join(folder, entry), owner, owner);
  // Last, so that an interrupted change of owner is taken up again.
  await lchown(folder, owner, owner);
}
