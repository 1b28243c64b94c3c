import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IncomingFile } from './incoming-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-incoming-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const megabyte = 1024 * 1024;

describe('A file of an object that comes in', () => {
  it('has every byte in its order, and lets go of pieces only when they are in it', async () => {
    const path = join(folder, 'whole');
    const pieces = Array.from({ length: 90 }, (_, index) => randomBytes((index * 37_001) % (2 * megabyte)));
    const whole = Buffer.concat(pieces);
    const file = await IncomingFile.create(path, (written) => {
      for (const piece of written) piece.fill(0);
    });
    for (const piece of pieces) await file.push(piece);
    await file.close();
    expect((await readFile(path)).equals(whole)).toBe(true);
    expect(pieces.every((piece) => piece.every((byte) => byte === 0))).toBe(true);
  });

  it('holds a bounded number of bytes that are not written yet', async () => {
    let [pushed, written, most] = [0, 0, 0];
    const file = await IncomingFile.create(join(folder, 'bounded'), (pieces) => {
      written += pieces.reduce((sum, { length }) => sum + length, 0);
    });
    for (let index = 0; index < 400; index++) {
      const room = file.push(Buffer.alloc(100_000, index));
      pushed += 100_000;
      most = Math.max(most, pushed - written);
      if (room !== undefined) await room;
    }
    await file.close();
    expect(written).toBe(pushed);
    expect(most).toBeLessThan(13 * megabyte);
  });

  it('refuses a name that is taken, and says what the disk says', async () => {
    const path = join(folder, 'taken');
    await (await IncomingFile.create(path, () => undefined)).close();
    await expect(IncomingFile.create(path, () => undefined)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
