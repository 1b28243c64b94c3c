import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledStudy, runVerifier, type BundledStudy } from '../../test/bundled-study.js';
import { unpacked } from '../../test/unpacked.js';
import { bundleStudy } from './bundle-study.js';

let study: BundledStudy;
beforeAll(async () => {
  study = await bundledStudy();
});
afterAll(() => study?.[Symbol.asyncDispose]());

describe('The bundle of a study', () => {
  it('holds what there is about it, and is whole on a machine with nothing but Node', async () => {
    const uid = study.writer.uid(1);
    expect(study.bundle.members.filter((name) => !name.startsWith('objects/'))).toEqual([
      'README.txt',
      'verify.mjs',
      'bundle.json',
      'events.jsonl',
      'seals.jsonl',
      'configuration/version-1.json',
      `decisions/${uid}-revision-1.json`,
      `decisions/${study.writer.uid(2)}-revision-0.json`,
      'receipts.jsonl',
      'objects.jsonl',
      'SHA256SUMS',
    ]);
    expect(study.bundle.members.filter((name) => name.startsWith('objects/'))).toHaveLength(4);
    const { code, said } = await runVerifier(study.bundle.folder);
    expect(said).toMatch(/whole: study \S+: 14 files, \d+ events in 6 streams, 4 seals, 4 objects/);
    expect(said).toMatch(/note: the object \S+ is not here: the object store has no/);
    expect([code, said.match(/note:/g)?.length]).toEqual([0, 1]);
  });

  it('holds every event with the exact text that is stored', async () => {
    const lines = (await readFile(join(study.bundle.folder, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    for (const line of lines) {
      const event = JSON.parse(line) as { readonly position: number };
      const sql =
        'select data::text, meta::text as metadata, encode(hash, $2) as hash from log.event where position = $1';
      const { rows } = await study.audited.admin.query(sql, [event.position, 'hex']);
      expect(event).toMatchObject(rows[0] as object);
    }
    expect(lines.filter((line) => line.includes(study.writer.uid(7)))).toEqual([]);
  });

  it('can leave the objects out, and says so', async () => {
    const slim = await unpacked(await bundleStudy(study.sources, study.writer.uid(0), { withObjects: false }));
    expect(slim.members.filter((name) => name.startsWith('objects/'))).toEqual([]);
    expect(await runVerifier(slim.folder)).toMatchObject({
      code: 0,
      said: expect.stringContaining('5 objects, left out'),
    });
    await slim[Symbol.asyncDispose]();
  });

  it('says what was not under a seal yet', async () => {
    await study.writer.receive(9, 9, 1);
    const late = await unpacked(
      await bundleStudy({ ...study.sources, seal: () => Promise.resolve() }, study.writer.uid(9), {
        withObjects: false,
      }),
    );
    const { code, said } = await runVerifier(late.folder);
    expect([code, said]).toEqual([0, expect.stringContaining('2 events were not under a seal yet')]);
    await late[Symbol.asyncDispose]();
  });

  it('is checked against copies of the seals and the key of the signer', async () => {
    const key = join(study.folder, 'key.pem');
    const foreign = join(study.folder, 'foreign.pem');
    await writeFile(key, study.publicKey);
    const other = generateKeyPairSync('ed25519').privateKey;
    await writeFile(foreign, createPublicKey(other).export({ type: 'spki', format: 'pem' }));
    expect(await runVerifier(study.bundle.folder, '--key', key, '--anchors', study.anchors)).toMatchObject({ code: 0 });
    expect((await runVerifier(study.bundle.folder, '--key', foreign)).said).toContain(
      'is not signed by the key to trust',
    );
    expect((await runVerifier(study.bundle.folder, '--anchors', study.folder)).said).toContain('has no copy in');
  });

  it('is refused for a study that never came, and breaks off where an object cannot be read', async () => {
    await expect(bundleStudy(study.sources, '1.2.3', { withObjects: true })).rejects.toMatchObject({
      code: 'audit.unknown-study',
    });
    const broken = { stat: () => Promise.resolve({ size: 1 }), get: () => Promise.reject(new Error('away')) };
    const zip = await bundleStudy({ ...study.sources, objects: broken }, study.writer.uid(0), { withObjects: true });
    await expect(unpacked(zip)).rejects.toThrow('away');
  });
});
