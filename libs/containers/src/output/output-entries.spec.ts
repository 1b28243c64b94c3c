import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outputEntries } from './output-entries.js';

const bounds = { entries: 10, bytes: 1000 };

describe('outputEntries', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waystation-output-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('finds all files, those in folders included', async () => {
    await mkdir(join(folder, 'deep/er'), { recursive: true });
    await writeFile(join(folder, 'deep/er/b.dcm'), 'bb');
    await writeFile(join(folder, 'a.dcm'), 'a');
    const names = (await outputEntries(folder, bounds)).map(({ name, size }) => [name, size]);
    expect(names).toEqual([
      ['a.dcm', 1],
      ['deep/er/b.dcm', 2],
    ]);
  });

  it('follows no link, wherever it leads', async () => {
    await symlink('/etc/passwd', join(folder, 'patient-doe.dcm'));
    await expect(outputEntries(folder, bounds)).rejects.toMatchObject({
      code: 'container.output-unsafe',
      message: 'the module made a symbolic link',
      details: { retryable: false },
    });
  });

  it('reads nothing but files', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(outputEntries(folder, bounds)).rejects.toMatchObject({ code: 'container.output-unsafe' });
  });

  it('takes no more files than there may be', async () => {
    for (let index = 0; index <= bounds.entries; index += 1) await writeFile(join(folder, `${index}`), '');
    await expect(outputEntries(folder, bounds)).rejects.toMatchObject({ code: 'container.output-too-many' });
  });

  it('takes no more bytes than there may be', async () => {
    await writeFile(join(folder, 'a'), Buffer.alloc(bounds.bytes + 1));
    await expect(outputEntries(folder, bounds)).rejects.toMatchObject({ code: 'container.output-too-large' });
  });

  it('does not go down for ever', async () => {
    await mkdir(join(folder, 'd/'.repeat(40)), { recursive: true });
    await expect(outputEntries(folder, { ...bounds, entries: 100 })).rejects.toMatchObject({
      code: 'container.output-unsafe',
    });
  });
});
