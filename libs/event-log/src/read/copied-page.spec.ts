import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CopiedPage, PageMemory } from './copied-page.js';
import { RowDecoder } from './row-decoder.js';

const message = (letter: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
};
const column = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const int8 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const columns = Buffer.from([0, 8]);
const rowOf = (position: number, data: string): Buffer => {
  const fields = [int8(position), int8(7), Buffer.from([0, 0, 0, 3]), Buffer.from('note.taken.v1'), int8(0), int8(0)];
  return Buffer.concat([columns, ...[...fields, Buffer.from(data), Buffer.from('{}')].map(column)]);
};
const header = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const end = message('d', Buffer.from([255, 255]));

/** What a server sends for rows with these texts, and in between what it says to whoever listens. */
const sentFor = (texts: readonly string[], isHeaderAlone: boolean): Buffer => {
  const rows = texts.map((text, at) => rowOf(at + 1, text));
  const [first = Buffer.alloc(0), ...others] = rows;
  const beginning = isHeaderAlone ? [header, first] : [Buffer.concat([header, first])];
  const copied = [...beginning.filter(({ length }) => length > 0), ...others].map((row) => message('d', row));
  return Buffer.concat([
    message('H', columns),
    ...copied.flatMap((row) => [row, message('N', columns)]),
    end,
    message('Z', Buffer.from('I')),
  ]);
};

it('has the rows and passes on everything else, wherever the bytes are cut', () => {
  const memory = new PageMemory();
  fc.assert(
    fc.property(
      fc.array(fc.json({ stringUnit: 'binary' }), { maxLength: 30 }),
      fc.boolean(),
      fc.infiniteStream(fc.integer({ min: 1, max: 200 })),
      (texts, isHeaderAlone, cuts) => {
        const page = new CopiedPage(memory);
        const sent = sentFor(texts, isHeaderAlone);
        const passed: string[] = [];
        for (let at = 0; at < sent.length;) {
          const cut = at + (cuts.next().value ?? 1);
          page.add(sent.subarray(at, cut), (bytes) => passed.push(bytes.toString('latin1', 0, 1)));
          at = cut;
        }
        expect(page.length).toBe(texts.length);
        expect([...page.streamNumbers()]).toEqual(texts.length > 0 ? [7] : []);
        const events = [...page.events(new RowDecoder(), new Map([[7, 'note/7']]))].flat();
        expect(events.map(({ position, stream, data }) => [position, stream, data])).toEqual(
          texts.map((text, at) => [at + 1, 'note/7', text]),
        );
        expect(passed.filter((letter) => letter !== 'N')).toEqual(['H', 'Z']);
        expect(passed.at(-1)).toBe('Z');
      },
    ),
  );
});

it('grows with what it gets', () => {
  const page = new CopiedPage(new PageMemory());
  const texts = Array.from({ length: 3 }, (_, at) => JSON.stringify(String(at).repeat(3_000_000)));
  page.add(sentFor(texts, false), () => {});
  const events = [...page.events(new RowDecoder(), new Map())].flat();
  expect(events.map(({ data }) => data)).toEqual(texts);
});
