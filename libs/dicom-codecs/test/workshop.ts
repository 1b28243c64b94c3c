import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFileMeta, readFileMeta, reencode } from '@waystation/dicom';
import { FrameDecoder } from '../src/frame-decoder.js';
import { dcmtk } from './dcmtk.js';

/** As it comes from a store. */
async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** A folder and a decoder for the tests of one file. */
export class Workshop {
  private readonly decoder = new FrameDecoder();
  private folder = '';

  readonly open = async (): Promise<void> => {
    this.folder = await mkdtemp(join(tmpdir(), 'waystation-codecs-'));
  };

  readonly close = async (): Promise<void> => {
    await this.decoder.close();
    await rm(this.folder, { recursive: true });
  };

  inFolder(name: string): string {
    return join(this.folder, name);
  }

  /** A file as we write it in another transfer syntax. */
  async rewritten(path: string, to: string, name = 'ours.dcm'): Promise<string> {
    const bytes = readFileSync(path);
    const { transferSyntaxUid, dataSetOffset, sopClassUid = '', sopInstanceUid = '' } = readFileMeta(bytes);
    const pieces: Buffer[] = [encodeFileMeta({ sopClassUid, sopInstanceUid, transferSyntaxUid: to })];
    const how = { from: transferSyntaxUid, to };
    for await (const piece of reencode(chunksOf(bytes.subarray(dataSetOffset)), how, this.decoder.decode)) {
      pieces.push(piece);
    }
    await writeFile(this.inFolder(name), Buffer.concat(pieces));
    return this.inFolder(name);
  }

  /** A file as DCMTK writes it, sequences with undefined lengths. */
  async converted(path: string, how: string, name: string): Promise<string> {
    await dcmtk('dcmconv', how, '-e', path, this.inFolder(name));
    return this.inFolder(name);
  }
}

/** Whether two files hold the same data set, byte for byte; their file meta information may differ. Never of two empty ones. */
export const areSameDataSets = (one: string, other: string): boolean => {
  const [ours, theirs] = [dataSetIn(one), dataSetIn(other)];
  return ours.length > 0 && ours.equals(theirs);
};

const dataSetIn = (path: string): Buffer => {
  const bytes = readFileSync(path);
  return bytes.subarray(readFileMeta(bytes).dataSetOffset);
};

/** The value of the pixel data element of a little endian file; empty where it has none. */
export const pixelsIn = (path: string): Buffer => {
  const file = readFileSync(path);
  const at = file.lastIndexOf(Buffer.from('e07f10004f', 'hex'));
  return at < 0 ? Buffer.alloc(0) : file.subarray(at + 12, at + 12 + file.readUInt32LE(at + 8));
};

/** The largest difference of two bytes at the same place; infinite where one is longer. */
export const largestDifference = (one: Buffer, other: Buffer): number => {
  if (one.length !== other.length) return Infinity;
  return one.equals(other) ? 0 : one.reduce((most, byte, at) => Math.max(most, Math.abs(byte - (other[at] ?? 0))), 0);
};
