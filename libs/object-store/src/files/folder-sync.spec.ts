import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderSync } from './folder-sync.js';

describe('FolderSync', () => {
  it('lets all who ask during a round share the next one, and begins anew afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waystation-sync-'));
    const folderSync = new FolderSync();
    const first = folderSync.sync(folder);
    const second = folderSync.sync(folder);
    const third = folderSync.sync(folder);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
    await Promise.all([first, second]);
    await folderSync.sync(folder);
    await rm(folder, { recursive: true });
  });

  it('fails for all who wait, and recovers with the folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waystation-sync-'));
    const folderSync = new FolderSync();
    const missing = join(folder, 'missing');
    const results = await Promise.allSettled([folderSync.sync(missing), folderSync.sync(missing)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await mkdir(missing);
    await folderSync.sync(missing);
    await rm(folder, { recursive: true });
  });
});
