import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openObjectStore } from '@waystation/object-store';
import { syntheticSeries } from '@waystation/testing';
import { expect, it } from 'vitest';
import { associationsOf } from '../harness/associations.js';
import { asSuperuser } from '../harness/database.js';
import { readAllKept } from '../harness/kept-objects.js';
import { send, sendAll } from '../harness/sending.js';
import { standaloneOfTests } from '../harness/standalone-of-tests.js';
import { databaseUrlOf } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

/** More than are removed behind one event. */
const STRAYS = 600;
const standalone = standaloneOfTests();

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const hashesOfKept = async (): Promise<readonly string[]> =>
  (await readAllKept(standalone.system.dataFolder)).map(hashOf).toSorted();

const withObjects = async <Answer>(work: (objects: Awaited<ReturnType<typeof openObjectStore>>) => Promise<Answer>) => {
  const objects = await openObjectStore(pathToFileURL(join(standalone.system.dataFolder, 'objects')).href);
  try {
    return await work(objects);
  } finally {
    await objects.close();
  }
};

/** What crashes leave: objects that no event names, in segments and in files of their own. */
const leaveStrays = (): Promise<void> =>
  withObjects(async (objects) => {
    for (let stray = 0; stray < STRAYS; stray++) {
      const bytes = randomBytes(600);
      const sha256 = hashOf(bytes);
      if (stray % 20 === 0) await objects.put(`quarantine/${sha256.slice(0, 2)}/${sha256}.dcm`, bytes);
      else await objects.keep({ sha256, size: bytes.length, chunks: [bytes] });
    }
  });

const check = async () => {
  const path = '/api/objects/check?olderThanHours=0&limit=0';
  return (await standalone.system.waystation.get<{ summary: Record<string, number> }>(path)).summary;
};

const reapedEvents = async (): Promise<readonly Record<string, unknown>[]> =>
  asSuperuser(
    await databaseUrlOf(standalone.system.dataFolder),
    `select 1 from log.event where type = 'objects.reaped.v1'`,
  );

// REQ-FAIL-9, REQ-FAIL-10: what nobody was told of goes, and nothing else; associations of a dead receiver end.
it('What no event names goes although Waystation is killed while it removes it, and nothing else does', async () => {
  await sendAll(standalone.system.dicomPort, syntheticSeries(5));
  const named = await hashesOfKept();
  await leaveStrays();
  const series = syntheticSeries(2);
  let open = false;
  const cutOff = send(standalone.system.dicomPort, series, {
    callingAeTitle: 'CUT-OFF',
    onReceipt: () => {
      open = true;
      return new Promise<void>(() => undefined);
    },
  });
  cutOff.catch(() => undefined);
  await eventually('the association to bring an object', async () => (open ? true : undefined));
  const kept = (await hashesOfKept()).filter((hash) => !named.includes(hash));
  expect(await check()).toMatchObject({ unnamed: STRAYS, missing: 0 });

  const reaping = standalone.system.waystation.run('objects', 'reap', '--older-than', '0s');
  await eventually('the first to be removed', async () => ((await reapedEvents()).length > 0 ? true : undefined));
  await standalone.system.program.kill();
  expect((await reaping).code).toBe(1);
  await standalone.startAgain();

  await eventually(
    'the rest to be removed',
    async () => {
      const { code } = await standalone.system.waystation.run(
        'objects',
        'reap',
        '--older-than',
        '0s',
        '--reason',
        'again',
      );
      return code === 0 ? true : undefined;
    },
    180_000,
  );
  expect(await check()).toMatchObject({ objects: 6, unnamed: 0, missing: 0 });
  const left = await hashesOfKept();
  expect(left.filter((hash) => named.includes(hash))).toEqual(named);
  expect(left.filter((hash) => !named.includes(hash)).every((hash) => kept.includes(hash))).toBe(true);
  expect(
    await withObjects(async (objects) => (await objects.list('reaped/')[Symbol.asyncIterator]().next()).done),
  ).toBe(true);
  expect(await standalone.system.waystation.json('verify')).toMatchObject({ ok: true });
  expect(await associationsOf(standalone.system, 'CUT-OFF')).toMatchObject([{ ended: 'association.lost.v1' }]);
});
