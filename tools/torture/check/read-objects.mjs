import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { objectsInFiles } from './objects-in-files.mjs';
import { objectsInS3 } from './objects-in-s3.mjs';

const AT_A_TIME = 8;

/** Lower-case hexadecimal. */
export const sha256Of = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * What the object store holds.
 * @param url as `WAYSTATION_OBJECTS` says it
 * @param events of the whole log
 * @returns `listed`: all keys, with the size and, in a segment, the hash that was announced; `found`: of each key that an event names what is there; `expired`: keys, and
 *   prefixes that end with a slash, of what the log says is no longer kept; `unnamed`: what no event names
 */
export async function readObjects(url, events) {
  const place = new URL(url);
  const store = place.protocol === 's3:' ? objectsInS3(place) : objectsInFiles(fileURLToPath(place));
  const named = new Map(namedObjects(events).map((object) => [object.key, object]));
  const listed = new Map();
  for await (const { key, ...head } of store.list()) listed.set(key, head);
  const [found, unnamed] = [new Map(), []];
  await each([...named.values()], async ({ key, dataSetOffset }) => {
    found.set(key, await inspect(store, key, dataSetOffset));
  });
  // Seals of the log lie there as well, outside of the database that they are to be held against.
  const others = [...listed.keys()].filter((key) => !named.has(key) && !key.startsWith('seals/'));
  await each(others, async (key) =>
    unnamed.push({ key, claims: listed.get(key).claims, ...(await inspect(store, key)) }),
  );
  return { listed, found, expired: expiredBy(events), unnamed };
}

/** Every object that events name, with the key that it has at last. */
export function namedObjects(events) {
  const moved = new Map();
  for (const { type, stream, data } of events)
    if (type.startsWith('objects.moved.'))
      for (const { sopInstanceUid, sha256, key } of data.objects)
        if (key !== undefined) moved.set(`${stream} ${sopInstanceUid} ${sha256}`, key);
  return events.flatMap((event) =>
    objectsOf(event).map((object) => ({
      ...object,
      key: moved.get(`${event.stream} ${event.data.sopInstanceUid} ${object.sha256}`) ?? object.key,
    })),
  );
}

const expiredBy = (events) =>
  new Set(
    events
      .filter(({ type }) => /^(objects|job)\.expired\./.test(type))
      .flatMap(({ data }) => [...(data.objects ?? []).map(({ key }) => key), ...(data.prefixes ?? [])]),
  );

/** Size and SHA-256 of what follows the offset, by default of what follows the file meta information; or why not. */
async function inspect(store, key, offset) {
  try {
    const bytes = await store.read(key);
    return { size: bytes.length, sha256: sha256Of(bytes.subarray(offset ?? dataSetOffsetOf(bytes))) };
  } catch (error) {
    return { fault: error.message };
  }
}

/** Where the data set of a Part 10 file begins (PS3.10 7.1); 0 where it is none. */
const dataSetOffsetOf = (bytes) =>
  bytes.length > 144 && bytes.toString('latin1', 128, 132) === 'DICM' && bytes.readUInt32LE(132) === 0x00000002
    ? 144 + bytes.readUInt32LE(140)
    : 0;

/** The objects that stand anywhere in the data of an event. Whole files have no offset: theirs is 0. */
function objectsOf({ position, type, data }) {
  const objects = [];
  const look = (value) => {
    if (typeof value !== 'object' || value === null) return;
    const { key, sha256, size, dataSetOffset = 0 } = value;
    if (typeof key === 'string' && typeof sha256 === 'string' && typeof size === 'number')
      objects.push({ key, sha256, size, dataSetOffset, what: `${type} at position ${position}` });
    else for (const inner of Object.values(value)) look(inner);
  };
  look(data);
  return objects;
}

async function each(items, work) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
