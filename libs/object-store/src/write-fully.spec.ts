import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFully } from './write-fully.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-write-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file on a kernel that takes at most so many bytes of each call, as a signal or a full disk makes it. */
const reluctant = (handle: FileHandle, most: number): FileHandle =>
  Object.assign(Object.create(handle) as FileHandle, {
    writev: (chunks: readonly Uint8Array[], position: number) =>
      handle.writev([Buffer.concat(chunks).subarray(0, most)], position),
  });

describe('Writing fully', () => {
  it('writes every byte at its place, however little the kernel takes at once', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 30 }), fc.nat(9), async (pieces, most, start) => {
        const path = join(folder, 'file');
        const handle = await open(path, 'w');
        await writeFully(reluctant(handle, most), pieces, start);
        await handle.close();
        const written = Buffer.concat(pieces);
        const expected = written.length === 0 ? written : Buffer.concat([Buffer.alloc(start), written]);
        expect(await readFile(path)).toEqual(expected);
      }),
    );
  });

  it('takes more pieces than one call of the kernel does', async () => {
    const path = join(folder, 'pieces');
    const handle = await open(path, 'w');
    const pieces = Array.from({ length: 3000 }, (_, index) => Buffer.from([index % 251]));
    await writeFully(handle, pieces, 0);
    await handle.close();
    expect(await readFile(path)).toEqual(Buffer.concat(pieces));
  });
});
