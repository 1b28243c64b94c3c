import { text } from 'node:stream/consumers';
import { LogSealed } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
import { sealsFolder } from './seal-log.js';

/** Copies that are under way while one is looked at: a log has one for every minute of its life. */
const AHEAD = 16;

/** The copies of the seals outside the database, in the order in which they were made. */
export async function* keptSeals(objects: Pick<ObjectStore, 'list' | 'get'>): AsyncGenerator<LogSealed['data']> {
  const underWay: Promise<LogSealed['data']>[] = [];
  for await (const { key } of objects.list(sealsFolder)) {
    const seal = readKeptSeal(objects, key);
    seal.catch(() => {}); // whoever asks for the seal gets the error
    underWay.push(seal);
    const first = underWay.length > AHEAD ? underWay.shift() : undefined;
    if (first) yield await first;
  }
  for (const seal of underWay) yield await seal;
}

/** The copy of a seal that lies under a key. */
export const readKeptSeal = async (objects: Pick<ObjectStore, 'get'>, key: string): Promise<LogSealed['data']> =>
  LogSealed.schema.parse(JSON.parse(await text(await objects.get(key))));
