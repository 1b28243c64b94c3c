import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '../../libs/object-store/dist/index.js';
import { JPEG_LOSSLESS } from './cases.mjs';
import { templatesOf } from './templates.mjs';
import { instanceNumberIn, instanceUid, placeOf, seriesUid, studyUid } from './uids.mjs';

/** Enough of a file to find its UIDs in. */
const BEGINNING = 8192;

/**
 * Throws unless the receiver has every object, and one of them at random has the bytes that were sent. Files that are
 * smaller than the pixels of the smallest object are the receiver's own.
 * @param s3Url where its objects are, if they are not in the folder
 */
export async function verifyStored(folder, s3Url, receiver, chosen, objects) {
  if (receiver.keeps === 'nothing') return;
  const templates = templatesOf(chosen);
  const least = Math.min(...templates.map(({ pixels }) => pixels.length));
  const kept = receiver.inObjectStore
    ? await objectsOf(s3Url ?? pathToFileURL(folder).href, least)
    : await filesOf(folder, least);
  if (kept.length !== objects) throw new Error(`${kept.length} of ${objects} objects are on disk`);
  const one = kept[Math.floor(Math.random() * kept.length)];
  const number = instanceNumberIn(await beginningOf(one));
  if (number === undefined) throw new Error(`${one.name} has no UID of an object that was sent`);
  const template = templates[placeOf(number, chosen).template];
  const parts = partsKept(receiver, chosen, template, number);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const expected = parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
  const found = await hashOfEnd(one, length);
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

/** What Waystation keeps, by the store that it keeps it in: small objects share a file. */
async function objectsOf(url, least) {
  const store = await openObjectStore(url);
  const kept = [];
  for await (const { key, size } of store.list('')) {
    if (size >= least) kept.push({ name: key, size, read: (offset, length) => store.get(key, { offset, length }) });
  }
  return kept;
}

async function filesOf(folder, least) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  const sizes = await Promise.all(paths.map(async (path) => ({ path, size: (await stat(path)).size })));
  return sizes
    .filter(({ size }) => size >= least)
    .map(({ path, size }) => ({
      name: path,
      size,
      read: (start, length) => createReadStream(path, { start, end: start + length - 1 }),
    }));
}

const beginningOf = async (one) => buffer(await one.read(0, Math.min(BEGINNING, one.size)));

async function hashOfEnd(one, length) {
  const hash = createHash('sha256');
  if (length === 0) return hash.digest('hex');
  for await (const chunk of await one.read(one.size - length, length)) hash.update(chunk);
  return hash.digest('hex');
}
