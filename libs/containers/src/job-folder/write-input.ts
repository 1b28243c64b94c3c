import { chmod, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ContractInstance } from '../contract/contract-job.js';
import { TagsReader, type Tags } from '../mercure/tags-reader.js';

/** Anybody in the container may change it; the folder around it is closed to everybody on the machine. */
const FILE_MODE = 0o666;

/** Writes one object as `<series>#<object>.dcm`, and a `.tags` file beside it where `describes` says so. */
export const writeInstance = async (
  folder: string,
  instance: ContractInstance,
  { describes, signal }: { readonly describes: boolean; readonly signal: AbortSignal },
): Promise<Tags> => {
  const path = join(folder, `${instance.seriesInstanceUid}#${instance.sopInstanceUid}`);
  const tags = new TagsReader();
  const read = async function* (source: AsyncIterable<Buffer>) {
    for await (const piece of source) {
      tags.push(piece);
      yield piece;
    }
  };
  await pipeline(await instance.open(), read, createWriteStream(`${path}.dcm`, { flags: 'wx' }), { signal });
  await chmod(`${path}.dcm`, FILE_MODE);
  const described = tags.end();
  if (describes) await writeOpen(`${path}.tags`, JSON.stringify(described));
  return described;
};

/** Writes a file that everybody in the container may read and change. */
export const writeOpen = async (path: string, text: string): Promise<void> => {
  await writeFile(path, text, { flag: 'wx' });
  await chmod(path, FILE_MODE);
};
