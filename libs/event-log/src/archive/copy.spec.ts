import { open } from 'node:fs/promises';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectFolder, type ObjectFolder } from '../../test/object-folder.js';
import type { StoredEvent } from '../read/stored-event.js';
import { CopyWriter } from './copy-writer.js';
import { SegmentCopy } from './segment-copy.js';

let folder: ObjectFolder;
beforeAll(async () => {
  folder = await objectFolder();
  await mkdir(folder.spool, { recursive: true });
});
afterAll(() => folder[Symbol.asyncDispose]());

let copies = 0;
const copyOf = async (events: readonly StoredEvent[]) => {
  const [from = 1, to = 0] = [events.at(0)?.position, events.at(-1)?.position];
  const path = join(folder.spool, `copy-${++copies}`);
  const file = await open(path, 'w');
  const writer = new CopyWriter(file);
  for (const event of events) await writer.add(event);
  const written = await writer.end({ from, to });
  await file.close();
  const text = gunzipSync(await readFile(path)).toString('utf8');
  const key = `archive/copy-${copies}`;
  await folder.objects.putFile(key, path);
  const segment = { from, to, key, recordedFrom: '', ...written };
  return { segment, text, copy: await SegmentCopy.open(folder.objects, segment) };
};

const eventsOf = (from: number, count: number, streams: number): readonly StoredEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    position: from + index,
    stream: index === 0 || index === count - 1 ? 'note/long' : `note/${index % streams}`,
    sequence: index === count - 1 ? 2 : Math.floor(index / streams) + 1,
    type: 'note.taken.v1',
    time: '2026-01-31T12:00:00.000Z',
    recordedtime: '2026-01-31T12:00:01.000Z',
    data: `{"text":"${index}"}`,
    metadata: '{}',
    hash: Buffer.alloc(32, index % 256),
  }));

describe('The copy of a segment', () => {
  it('gives back every event byte for byte, whatever text is in it', async () => {
    const text = fc.json({ stringUnit: 'binary' });
    const event = fc.record({ stream: fc.stringMatching(/^[a-z]{1,3}\/[0-9.]{1,4}$/), data: text, metadata: text });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), async (texts) => {
        const events = texts.map((one, index) => ({ ...eventsOf(5, texts.length, 1)[index], ...one })) as StoredEvent[];
        const { copy } = await copyOf(events);
        expect(await copy.member(0)).toEqual(events);
      }),
      { numRuns: 30 },
    );
  });

  it('is read a member at a time, and knows in which members a stream occurs', async () => {
    const events = eventsOf(1001, 2500, 1200);
    const { copy } = await copyOf(events);
    expect(copy.members).toBe(3);
    expect([copy.memberOf(1001), copy.memberOf(2000), copy.memberOf(2001), copy.memberOf(3500)]).toEqual([0, 0, 1, 2]);
    expect(await copy.member(2)).toEqual(events.slice(2000));
    expect(await copy.occurrences('note/long')).toEqual([
      { member: 0, sequence: 1 },
      { member: 2, sequence: 2 },
    ]);
    expect(await copy.occurrences('note/1')).toEqual([
      { member: 0, sequence: 1 },
      { member: 1, sequence: 2 },
      { member: 2, sequence: 3 },
    ]);
    for (const nobody of ['', 'note/', 'note/1200', 'note/longer', 'zzz'])
      expect(await copy.occurrences(nobody)).toEqual([]);
  });

  it('is lines of JSON to whoever unpacks it, the events first', async () => {
    const { text } = await copyOf(eventsOf(1, 1500, 3));
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(1500 + 4 + 1);
    expect(JSON.parse(lines[1499] ?? '')).toMatchObject({
      position: 1500,
      data: '{"text":"1499"}',
      hash: 'db'.repeat(32),
    });
    expect(JSON.parse(lines[1500] ?? '')).toEqual(['note/0', 0, 2, 1, 335]);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ format: 'waystation-archive/1', from: 1, to: 1500 });
  });

  it('names the positions that cannot be read any more', async () => {
    const { segment, copy } = await copyOf(eventsOf(1, 2500, 10));
    const bytes = await readFile(join(folder.path, segment.key));
    const at = Math.floor(segment.directoryAt / 2);
    bytes[at] = 255 - (bytes[at] ?? 0);
    await writeFile(join(folder.path, segment.key), bytes);
    await expect(copy.member(1)).rejects.toMatchObject({
      code: 'log.archive-damaged',
      details: { from: 1001, to: 2000 },
    });
    await folder.objects.remove(segment.key);
    await expect(copy.member(0)).rejects.toThrow(/positions 1 to 1000 cannot be read from their copy archive\/copy-/);
    await expect(SegmentCopy.open(folder.objects, segment)).rejects.toMatchObject({ code: 'log.archive-damaged' });
  });

  it('is refused where it is that of another segment', async () => {
    const { segment } = await copyOf(eventsOf(1, 10, 2));
    await expect(SegmentCopy.open(folder.objects, { ...segment, to: 20 })).rejects.toThrow(
      /it is about positions 1 to 10/,
    );
  });
});
