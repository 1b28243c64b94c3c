import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError, messageOf } from '@waystation/kernel';
import type { Api } from './api.js';

/** What was written. */
export interface Downloaded {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Writes an answer into a file of its own. Half of one never stands under the name.
 * @param expected SHA-256, where it is known before
 * @throws CodedError `cli.file-exists`, `cli.broken-off`
 */
export const download = async (api: Api, path: string, out: string, expected?: string): Promise<Downloaded> => {
  if (existsSync(out)) throw new CodedError('cli.file-exists', `${out} is there already`);
  const source = await api.stream(path);
  const draft = `${out}.part`;
  const hash = createHash('sha256');
  let size = 0;
  let sha256 = '';
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(source, counted, createWriteStream(draft));
    sha256 = hash.digest('hex');
    if (expected !== undefined && sha256 !== expected)
      throw new Error(`what came has the SHA-256 ${sha256}, not ${expected}`);
    await rename(draft, out);
  } catch (error) {
    throw new CodedError('cli.broken-off', `${out} could not be written: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
  return { size, sha256 };
};
