import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { JPEG_LOSSLESS } from './cases.mjs';
import { templatesOf } from './templates.mjs';
import { instanceNumberIn, instanceUid, placeOf, seriesUid, studyUid } from './uids.mjs';

/** Enough of a file to find its UIDs in. */
const BEGINNING = 8192;

/**
 * Throws unless the receiver has every object, and one of them at random has the bytes that were sent. Files that are
 * smaller than the pixels of the smallest object are the receiver's own.
 */
export async function verifyStored(folder, receiver, chosen, objects) {
  if (receiver.keeps === 'nothing') return;
  const templates = templatesOf(chosen);
  const least = Math.min(...templates.map(({ pixels }) => pixels.length));
  const files = await filesOf(folder, least);
  if (files.length !== objects) throw new Error(`${files.length} of ${objects} objects are on disk`);
  const file = files[Math.floor(Math.random() * files.length)];
  const number = instanceNumberIn(await beginningOf(file.path));
  if (number === undefined) throw new Error(`${file.path} has no UID of an object that was sent`);
  const template = templates[placeOf(number, chosen).template];
  const parts = partsKept(receiver, chosen, template, number);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const expected = parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
  const found = await hashOfEnd(file, length);
  if (found !== expected) throw new Error(`the ${receiver.keeps} of ${instanceUid(number)} is not what was sent`);
}

function partsKept({ keeps, cutsFragments }, chosen, template, number) {
  if (keeps === 'data set') return [headerOf(template, number, chosen), template.pixels];
  return cutsFragments && chosen.transferSyntaxUid === JPEG_LOSSLESS ? [] : [template.pixels];
}

function headerOf({ header, places }, number, chosen) {
  const { series, study } = placeOf(number, chosen);
  const patched = Buffer.from(header);
  patched.write(instanceUid(number), places.instance);
  patched.write(seriesUid(series), places.series);
  patched.write(studyUid(study), places.study);
  return patched;
}

async function filesOf(folder, least) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  const sizes = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
  return sizes.filter(({ size }) => size >= least);
}

async function beginningOf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function hashOfEnd({ path, size }, length) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { start: size - length })) hash.update(chunk);
  return hash.digest('hex');
}
