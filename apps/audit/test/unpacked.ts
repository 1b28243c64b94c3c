import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** A zip that was unpacked, by a library that did not write it. */
export interface Unpacked extends AsyncDisposable {
  readonly folder: string;
  /** In the order in which they are in the zip. */
  readonly members: readonly string[];
}

/** Unpacks a zip into a folder of its own. */
export const unpacked = async (zip: Readable): Promise<Unpacked> => {
  const outside = await mkdtemp(join(tmpdir(), 'bundle-'));
  const folder = join(outside, 'unpacked');
  const file = join(outside, 'bundle.zip');
  await pipeline(zip, createWriteStream(file));
  return {
    folder,
    members: await unpack(file, folder),
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true, force: true }),
  };
};

const unpack = async (file: string, folder: string): Promise<readonly string[]> => {
  const zip = await openPromise(file);
  const members: string[] = [];
  for await (const entry of zip.eachEntry()) {
    const path = join(folder, entry.fileName);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
    members.push(entry.fileName);
  }
  return members;
};
