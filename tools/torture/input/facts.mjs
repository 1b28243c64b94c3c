import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { openObjectStore } from '../../../libs/object-store/dist/index.js';
import { ATTACKER } from './speak.mjs';

const REST_MS = 60_000;

const told = `select
    count(*) filter (where type = 'association.accepted.v1')::int as accepted,
    count(*) filter (where type in ('association.released.v1', 'association.aborted.v1', 'association.lost.v1'))::int as ended,
    count(*) filter (where type = 'association.rejected.v1' and data ->> 'address' = $1)::int as rejected
  from log.event`;

/** The log when all that came is written down: every association has its end. Gives up after a minute. */
export async function whenAtRest(receiver, ledger) {
  for (const deadline = Date.now() + REST_MS; ; await delay(200)) {
    const [now] = await receiver.query(told, [ATTACKER]);
    if (now.accepted === now.ended && now.accepted + now.rejected >= ledger.heard) return;
    if (Date.now() > deadline) return;
  }
}

/** What the log and the object store say of all that happened. */
export async function factsOf(receiver) {
  const stored = await receiver.query(
    `select data -> 'object' as object, coalesce(data ->> 'sha256', data -> 'object' ->> 'sha256') as sha256, type
     from log.event where type in ('instance.stored.v1', 'instance.conflicted.v1', 'instance.duplicated.v1')`,
  );
  const aside = await receiver.query(
    `select data -> 'object' as object, data ->> 'reason' as reason from log.event where type = 'instance.quarantined.v1'`,
  );
  const objects = [...stored, ...aside].flatMap(({ object }) => (object === null ? [] : [object]));
  const unreadable = await unreadableOf(receiver.dataFolder, objects);
  return {
    kept: new Set(stored.map(({ sha256 }) => sha256)),
    aside: new Map(aside.map(({ object, reason }) => [object.sha256, reason])),
    unreadable,
    ...(await associationsOf(receiver)),
  };
}

async function associationsOf(receiver) {
  const associations = await receiver.query(
    `select began.stream_no, ended.type, ended.data ->> 'reason' as reason
     from log.event began left join log.event ended on ended.stream_no = began.stream_no
       and ended.type in ('association.released.v1', 'association.aborted.v1', 'association.lost.v1')
     where began.type = 'association.accepted.v1' and began.data ->> 'address' = $1`,
    [ATTACKER],
  );
  const rejected = await receiver.query(
    `select data ->> 'reason' as reason from log.event
     where type = 'association.rejected.v1' and data ->> 'address' = $1`,
    [ATTACKER],
  );
  const refused = await receiver.query(
    `select data ->> 'sopInstanceUid' as uid, data ->> 'code' as code, data ->> 'reason' as reason
     from log.event where type = 'instance.refused.v1'`,
  );
  return { associations, rejected, refused };
}

/** Objects whose bytes are not what their event says, by hash. */
async function unreadableOf(dataFolder, objects) {
  const store = await openObjectStore(pathToFileURL(join(dataFolder, 'objects')).href);
  const unreadable = new Map();
  try {
    for (const { key, sha256, dataSetOffset } of objects) {
      const found = await hashOf(store, key, dataSetOffset).catch((error) => error.message);
      if (found !== sha256) unreadable.set(sha256, found);
    }
  } finally {
    await store.close();
  }
  return unreadable;
}

async function hashOf(store, key, offset) {
  const hash = createHash('sha256');
  let at = 0;
  for await (const chunk of await store.get(key)) {
    hash.update(chunk.subarray(Math.max(0, offset - at)));
    at += chunk.length;
  }
  return hash.digest('hex');
}
