import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkLibraries } from './link-libraries.js';

const links = JSON.stringify([
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
]);
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waystation-link-libraries-'));
});

afterEach(async () => rm(root, { recursive: true }));

test('many processes at once may link the same libraries', async () => {
  await mkdir(join(root, 'native/lib'), { recursive: true });
  await writeFile(join(root, 'native/lib/libpq.so.5.18'), 'library');

  await Promise.all(Array.from({ length: 8 }, async () => linkLibraries(root, links)));

  expect(await readFile(join(root, 'native/lib/libpq.so'), 'utf8')).toBe('library');
  expect(await readFile(join(root, 'native/lib/libpq.so.5'), 'utf8')).toBe('library');
});

test('a folder that cannot be written is named with the link it lacks', async () => {
  await expect(linkLibraries(root, links)).rejects.toMatchObject({
    code: 'embedded-postgres.unlinked-libraries',
    message: expect.stringContaining('libpq.so.5') as string,
  });
});
