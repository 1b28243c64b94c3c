import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventHash } from '@waystation/event-log';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledStudy, runVerifier, type BundledStudy, type Verdict } from '../../test/bundled-study.js';

let study: BundledStudy;
beforeAll(async () => {
  study = await bundledStudy();
});
afterAll(() => study?.[Symbol.asyncDispose]());

/** Lets somebody do something to a copy of the bundle. */
const afterTampering = async (tamper: (folder: string) => Promise<void>): Promise<Verdict> => {
  const folder = await mkdtemp(join(study.folder, 'copy-'));
  await cp(study.bundle.folder, folder, { recursive: true });
  await tamper(folder);
  const verdict = await runVerifier(folder);
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

describe('Whoever changes', () => {
  it('one byte of any member is found out', async () => {
    for (const name of study.bundle.members)
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
    const source = await readFile(join(study.bundle.folder, 'verify.mjs'));
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
    const own = join(study.bundle.folder, 'verify.mjs');
    for (const name of study.bundle.members) {
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
        rewrite(folder, `decisions/${study.writer.uid(1)}-revision-1.json`, (text) =>
          text.replace('"routed"', '"unmatched"'),
        ),
    ],
    [
      'the bytes of an object',
      /is not the object/,
      (folder) =>
        rewrite(folder, study.bundle.members.find((name) => name.endsWith('.dcm')) ?? '', (text) =>
          text.replace('image', 'imagE'),
        ),
    ],
  ])('%s, and the list of hashes with it, is found out', async (_what, sentence, tamper) => {
    const { code, said } = await afterTampering(tamper);
    expect(said).toMatch(sentence);
    expect(code).toBeGreaterThan(0);
  });
});
