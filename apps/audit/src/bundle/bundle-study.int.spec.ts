import { execFile } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eventHash, Sealer, signingKeyFrom, type Seal } from '@waystation/event-log';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { unpacked, type Unpacked } from '../../test/unpacked.js';
import { HistoryWriter } from '../../test/write-history.js';
import { bundleStudy, type BundleSources } from './bundle-study.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signingKey = signingKeyFrom(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);

let audited: AuditedLog;
let objects: ObjectStore;
let outside: string;
let writer: HistoryWriter;
let sources: BundleSources;
let bundle: Unpacked;

/** Keeps a file whose data set begins behind ten bytes. */
const keep = async (dataSet: string) => {
  const bytes = Buffer.from(`0123456789${dataSet}`);
  const sha256 = createHash('sha256').update(dataSet).digest('hex');
  const key = await objects.keep({ sha256, size: bytes.length, chunks: [bytes] });
  return { key, sha256, size: bytes.length, dataSetOffset: 10 };
};

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'bundle-spec-'));
  objects = await openObjectStore(pathToFileURL(join(outside, 'objects')).href);
  audited = await auditedLog();
  const { log, project, views } = audited;
  writer = new HistoryWriter(log);
  await mkdir(join(outside, 'seals'));
  const anchor = ({ to, ...seal }: Seal) =>
    writeFile(join(outside, 'seals', `${String(to).padStart(19, '0')}.json`), JSON.stringify({ to, ...seal }));
  const sealer = new Sealer(log, { service: 'spec', signingKey, anchor });
  sources = { log, project, views, objects, source: '/log/spec/1', seal: () => sealer.sealNow() };
  await writer.publish();
  await writer.openAssociation('a');
  for (const number of [1, 2, 3]) {
    await writer.receive(0, 1, number, { association: 'a', object: await keep(`image ${number}`) });
    await writer.receive(7, 3, number, { association: 'b' });
    await sources.seal();
  }
  await writer.receive(0, 1, 1, { association: 'a', object: await keep('another image 1') });
  await writer.receive(0, 2, 1, { association: 'a' });
  await writer.releaseAssociation('a', 4);
  await writer.addToStudy(0, 1);
  const [pacs = '', disk = ''] = await writer.route(1, (await writer.complete(1)) ?? 0);
  await writer.attempt(pacs, 'success');
  await writer.attempt(disk, 'failure');
  bundle = await unpacked(await bundleStudy(sources, writer.uid(0), { withObjects: true }));
});
afterAll(async () => {
  await bundle?.[Symbol.asyncDispose]();
  await audited?.[Symbol.asyncDispose]();
  await objects?.close();
  await rm(outside, { recursive: true, force: true });
});

interface Verdict {
  readonly code: number;
  readonly said: string;
}

/** Runs the verifier of a folder on bare Node, in an environment that knows nothing. */
const verify = (folder: string, ...args: readonly string[]): Promise<Verdict> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(folder, 'verify.mjs'), ...args], { env: {}, cwd: '/' }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), said: stdout + stderr }),
    );
  });

/** Lets somebody do something to a copy of the bundle. */
const afterTampering = async (tamper: (folder: string) => Promise<void>): Promise<Verdict> => {
  const folder = await mkdtemp(join(outside, 'copy-'));
  await cp(bundle.folder, folder, { recursive: true });
  await tamper(folder);
  const verdict = await verify(folder);
  await rm(folder, { recursive: true });
  return verdict;
};

/** Somebody who knows how the bundle is made: changes a file and the list of hashes with it. */
const rewrite = async (folder: string, name: string, change: (text: string) => string): Promise<void> => {
  const text = change(await readFile(join(folder, name), 'utf8'));
  await writeFile(join(folder, name), text);
  const hash = createHash('sha256').update(text).digest('hex');
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8');
  const line = sums.split('\n').find((one) => one.endsWith(`  ${name}`)) ?? '';
  await writeFile(join(folder, 'SHA256SUMS'), sums.replace(line, `${hash}  ${name}`));
};

type Line = Record<string, unknown> & { position: number; data: string; type: string; stream: string };
const rewriteEvents = (folder: string, change: (events: Line[]) => Line[]): Promise<void> =>
  rewrite(folder, 'events.jsonl', (text) => {
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    return change(events)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join('');
  });

describe('The bundle of a study', () => {
  it('holds what there is about it, and is whole on a machine with nothing but Node', async () => {
    const uid = writer.uid(1);
    expect(bundle.members.filter((name) => !name.startsWith('objects/'))).toEqual([
      'README.txt',
      'verify.mjs',
      'bundle.json',
      'events.jsonl',
      'seals.jsonl',
      'configuration/version-1.json',
      `decisions/${uid}-revision-1.json`,
      `decisions/${writer.uid(2)}-revision-0.json`,
      'receipts.jsonl',
      'objects.jsonl',
      'SHA256SUMS',
    ]);
    expect(bundle.members.filter((name) => name.startsWith('objects/'))).toHaveLength(4);
    const { code, said } = await verify(bundle.folder);
    expect(said).toMatch(/whole: study \S+: 14 files, \d+ events in 6 streams, 4 seals, 4 objects/);
    expect(said).toMatch(/note: the object \S+ is not here: the object store has no/);
    expect([code, said.match(/note:/g)?.length]).toEqual([0, 1]);
  });

  it('holds every event with the exact text that is stored', async () => {
    const lines = (await readFile(join(bundle.folder, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    for (const line of lines) {
      const event = JSON.parse(line) as Line;
      const sql =
        'select data::text, meta::text as metadata, encode(hash, $2) as hash from log.event where position = $1';
      const { rows } = await audited.admin.query(sql, [event.position, 'hex']);
      expect(event).toMatchObject(rows[0] as object);
    }
    expect(lines.filter((line) => line.includes(writer.uid(7)))).toEqual([]);
  });

  it('can leave the objects out, and says so', async () => {
    const slim = await unpacked(await bundleStudy(sources, writer.uid(0), { withObjects: false }));
    expect(slim.members.filter((name) => name.startsWith('objects/'))).toEqual([]);
    expect(await verify(slim.folder)).toMatchObject({ code: 0, said: expect.stringContaining('5 objects, left out') });
    await slim[Symbol.asyncDispose]();
  });

  it('says what was not under a seal yet', async () => {
    await writer.receive(9, 9, 1);
    const late = await unpacked(
      await bundleStudy({ ...sources, seal: () => Promise.resolve() }, writer.uid(9), { withObjects: false }),
    );
    const { code, said } = await verify(late.folder);
    expect([code, said]).toEqual([0, expect.stringContaining('2 events were not under a seal yet')]);
    await late[Symbol.asyncDispose]();
  });

  it('is checked against copies of the seals and the key of the signer', async () => {
    const key = join(outside, 'key.pem');
    const foreign = join(outside, 'foreign.pem');
    await writeFile(key, publicKey.export({ type: 'spki', format: 'pem' }));
    const other = generateKeyPairSync('ed25519').privateKey;
    await writeFile(foreign, createPublicKey(other).export({ type: 'spki', format: 'pem' }));
    const anchors = join(outside, 'seals');
    expect(await verify(bundle.folder, '--key', key, '--anchors', anchors)).toMatchObject({ code: 0 });
    expect((await verify(bundle.folder, '--key', foreign)).said).toContain('is not signed by the key to trust');
    expect((await verify(bundle.folder, '--anchors', outside)).said).toContain('has no copy in');
  });

  it('is refused for a study that never came, and breaks off where an object cannot be read', async () => {
    await expect(bundleStudy(sources, '1.2.3', { withObjects: true })).rejects.toMatchObject({
      code: 'audit.unknown-study',
    });
    const broken = { stat: () => Promise.resolve({ size: 1 }), get: () => Promise.reject(new Error('away')) };
    const zip = await bundleStudy({ ...sources, objects: broken }, writer.uid(0), { withObjects: true });
    await expect(unpacked(zip)).rejects.toThrow('away');
  });
});

describe('Whoever changes', () => {
  it('one byte of any member is found out', async () => {
    for (const name of bundle.members)
      for (const place of [0, 0.37, 0.999]) {
        const { code, said } = await afterTampering(async (folder) => {
          const bytes = await readFile(join(folder, name));
          const at = Math.floor(place * bytes.length);
          bytes.writeUInt8((bytes.at(at) ?? 0) ^ 1, at);
          await writeFile(join(folder, name), bytes);
        });
        expect([name, place, code, said]).not.toEqual([name, place, 0, said]);
      }
  });

  it('one byte of the verifier, wherever it is, is found out by the verifier', async () => {
    const source = await readFile(join(bundle.folder, 'verify.mjs'));
    const flip = fc.record({ at: fc.nat(source.length - 1), bit: fc.nat(7) });
    await fc.assert(
      fc.asyncProperty(flip, async ({ at, bit }) => {
        const { code } = await afterTampering(async (folder) => {
          const bytes = Buffer.from(source);
          bytes.writeUInt8((bytes.at(at) ?? 0) ^ (1 << bit), at);
          await writeFile(join(folder, 'verify.mjs'), bytes);
        });
        expect(code).not.toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  it('which members there are is found out', async () => {
    const own = join(bundle.folder, 'verify.mjs');
    for (const name of bundle.members) {
      const { code } = await afterTampering(async (folder) => {
        await rm(join(folder, name));
        if (name === 'verify.mjs') await writeFile(join(folder, 'verify.mjs'), `${await readFile(own, 'utf8')}\n`);
      });
      expect([name, code]).not.toEqual([name, 0]);
    }
    for (const name of ['more.txt', 'objects/more.dcm', 'events.jsonl.bak']) {
      const { code, said } = await afterTampering((folder) => writeFile(join(folder, name), ''));
      expect([code, said]).toEqual([1, expect.stringContaining(`${name} does not belong here`)]);
    }
  });

  it.each<[string, RegExp, (folder: string) => Promise<void>]>([
    [
      'what an event says',
      /is not the one of its hash/,
      (folder) =>
        rewriteEvents(folder, (events) =>
          events.map((event) => ({ ...event, data: event.data.replace('CT1', 'CT2') })),
        ),
    ],
    [
      'what an event says, and its hash',
      /is not under its seal/,
      (folder) =>
        rewriteEvents(folder, (events) =>
          events.map((event) => {
            const changed = { ...event, data: event.data.replace('CT1', 'CT2') };
            return { ...changed, hash: eventHash(changed as never).toString('hex') };
          }),
        ),
    ],
    [
      'where an event stood',
      /is not under its seal/,
      (folder) =>
        rewriteEvents(folder, (events) => events.map((event, at) => (at === 1 ? { ...event, sequence: 7 } : event))),
    ],
    [
      'which events there are',
      /lacks its event 2/,
      (folder) =>
        rewriteEvents(folder, (events) =>
          events.filter((event) => event.type !== 'instance.stored.v1' || event.position > 6),
        ),
    ],
    [
      'a seal',
      /is not the hash of what it says/,
      (folder) => rewrite(folder, 'seals.jsonl', (text) => text.replace('"from":1,', '"from":2,')),
    ],
    [
      'a signature',
      /is not signed by the key it names/,
      (folder) => rewrite(folder, 'seals.jsonl', (text) => text.replace(/"value":"..../, '"value":"AAAA')),
    ],
    [
      'a receipt',
      /receipts.jsonl and events.jsonl differ/,
      (folder) => rewrite(folder, 'receipts.jsonl', (text) => text.replace('0x0000', '0xb000')),
    ],
    [
      'a configuration',
      /version-1.json is not what was published/,
      (folder) => rewrite(folder, 'configuration/version-1.json', (text) => text.replace("'CT'", "'MR'")),
    ],
    [
      'a decision',
      /is not about position/,
      (folder) =>
        rewrite(folder, `decisions/${writer.uid(1)}-revision-1.json`, (text) =>
          text.replace('"routed"', '"unmatched"'),
        ),
    ],
    [
      'the bytes of an object',
      /is not the object/,
      (folder) =>
        rewrite(folder, bundle.members.find((name) => name.endsWith('.dcm')) ?? '', (text) =>
          text.replace('image', 'imagE'),
        ),
    ],
  ])('%s, and the list of hashes with it, is found out', async (_what, sentence, tamper) => {
    const { code, said } = await afterTampering(tamper);
    expect(said).toMatch(sentence);
    expect(code).toBeGreaterThan(0);
  });
});
