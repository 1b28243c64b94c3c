import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { transferSyntaxes } from '@waystation/dicom';
import type { Sample } from './samples.js';
import type { Sendable } from './sending.js';

/** An object and the Part 10 file that it stands in. */
export interface ObjectFile extends Sendable {
  readonly name: string;
  readonly part10: Buffer;
}

/**
 * Samples as files in which no object has the UID of another: the samples hold several encodings of some images, all under one UID,
 * and a receiver would rightly call them conflicting. A UID that is taken is replaced by one of the same length, wherever it
 * stands in the file; nothing else changes.
 * @param taken UIDs that are in use; grows
 */
export const withUidsOfTheirOwn = (samples: readonly Sample[], taken: Set<string>): readonly ObjectFile[] =>
  samples.map((sample) => {
    const uid = freeVariantOf(sample.sopInstanceUid, taken);
    taken.add(uid);
    return renamed(sample, uid);
  });

const renamed = (sample: Sample, uid: string): ObjectFile => {
  const { name, path, sopClassUid, sopInstanceUid, transferSyntaxUid } = sample;
  const file = readFileSync(path);
  const meta = file.subarray(0, file.length - sample.dataSet.length);
  const isDeflated = transferSyntaxes.get(transferSyntaxUid)?.deflated === true;
  const replace = (bytes: Buffer): Buffer =>
    uid === sopInstanceUid ? bytes : Buffer.from(bytes.toString('latin1').replaceAll(sopInstanceUid, uid), 'latin1');
  const dataSet = isDeflated ? deflatedAgain(sample.dataSet, replace) : replace(sample.dataSet);
  const part10 = Buffer.concat([replace(meta), dataSet]);
  return { name, sopClassUid, sopInstanceUid: uid, transferSyntaxUid, dataSet, part10 };
};

const deflatedAgain = (dataSet: Buffer, replace: (bytes: Buffer) => Buffer): Buffer => {
  const inflated = inflateRawSync(dataSet);
  const replaced = replace(inflated);
  if (replaced === inflated) return dataSet;
  const deflated = deflateRawSync(replaced);
  return deflated.length % 2 === 0 ? deflated : Buffer.concat([deflated, Buffer.alloc(1)]);
};

const freeVariantOf = (uid: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(uid)) return uid;
  for (const variant of variantsOf(uid)) if (!taken.has(variant)) return variant;
  throw new Error(`there are more objects with the UID ${uid} than variants of it`);
};

/** UIDs of the same length with another number in the last two digits; none that begins with 0. */
function* variantsOf(uid: string): Generator<string> {
  for (let tens = 1; tens <= 9; tens++) {
    for (let ones = 0; ones <= 9; ones++) {
      yield uid.replace(/\d(\.?)\d$/, (_, dot: string) => `${tens}${dot}${ones}`);
    }
  }
}

/** Writes the files into a folder of their own; their paths in the order of the objects. */
export const writeObjectFiles = async (
  folder: string,
  objects: readonly Pick<ObjectFile, 'part10'>[],
): Promise<readonly string[]> => {
  await mkdir(folder, { recursive: true });
  const paths = objects.map((_, index) => join(folder, `${index}.dcm`));
  for (const [index, { part10 }] of objects.entries()) await writeFile(paths[index] ?? '', part10);
  return paths;
};
