import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, unit, unitOf } from '../../test/notes.js';
import { objectFolder, type ObjectFolder } from '../../test/object-folder.js';
import { Archiver } from '../archive/archiver.js';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import { Sealer } from '../seal/sealer.js';
import { checkProof } from './check-proof.js';
import { proveEvent } from './prove-event.js';

let folder: ObjectFolder;
let fresh: FreshLog;
let log: EventLog;
const kept: Seal[] = [];
beforeAll(async () => {
  folder = await objectFolder();
  fresh = await freshLog({ segmentSize: 30 });
  log = await fresh.open(fresh.url, folder.objects);
  const sealer = new Sealer(log, { service: 'spec', anchor: async (seal) => void kept.push(seal) });
  for (const count of [1, 2, 3, 5, 8, 13, 21]) {
    await log.append(
      unitOf({ stream: 'note/1', expected: 'any', events: Array.from({ length: count }, () => note('Jörg')) }),
    );
    await sealer.sealNow();
  }
  await log.append(unit('note/1', 'any', 'unsealed'));
});
afterAll(async () => {
  await fresh[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const sealedThrough = () => kept.at(-1)?.to ?? 0;
const proofOfEvery = async (): Promise<readonly string[]> => {
  const proofs: string[] = [];
  for (let position = 1; position <= sealedThrough(); position++)
    proofs.push(JSON.stringify(await proveEvent(log, position)));
  return proofs;
};

describe('proveEvent', () => {
  it('proves every event that is under a seal, by the seal that was kept outside', async () => {
    expect(sealedThrough()).toBe(59);
    for (const [index, text] of (await proofOfEvery()).entries()) {
      const seal = kept.find(({ from, to }) => from <= index + 1 && to >= index + 1)?.seal ?? '';
      const { ok, proof } = checkProof(text, { seal });
      expect(ok).toBe(true);
      const { type, stream, data, sequence } = await log.read(index + 1);
      expect(proof?.event).toMatchObject({ position: index + 1, type, stream, sequence, data: JSON.stringify(data) });
      expect((await log.read(proof?.seal.position ?? 0)).data).toMatchObject({ seal });
    }
  });

  it('says where there is no such event, or no seal yet', async () => {
    await expect(proveEvent(log, 999)).rejects.toMatchObject({ code: 'log.no-such-position' });
    await expect(proveEvent(log, sealedThrough() + 1)).rejects.toThrow('the last seal ends at position 59');
  });

  it('proves nothing about a range that was changed', async () => {
    await fresh.admin.query('set session_replication_role = replica');
    await fresh.admin.query(`update log.event set recorded_at = recorded_at - interval '1 s' where position = 20`);
    await expect(proveEvent(log, 19)).rejects.toMatchObject({ code: 'log.not-as-sealed' });
    await fresh.admin.query(`update log.event set recorded_at = recorded_at + interval '1 s' where position = 20`);
    await fresh.admin.query('set session_replication_role = origin');
    await expect(proveEvent(log, 19)).resolves.toBeDefined();
  });

  it('proves the same when the event is only in a copy in the object store', async () => {
    const before = await proofOfEvery();
    const everything = { archiveBefore: '9999-01-01T00:00:00.000Z', detachBefore: '9999-01-01T00:00:00.000Z' };
    const actor = { kind: 'service', name: 'spec' } as const;
    const deeds = await new Archiver(log, folder.objects, folder.spool).run({ ...everything, actor, reason: '' });
    expect(deeds).toHaveLength(2);
    expect(await proofOfEvery()).toEqual(before);
  });
});
