import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binaryArray } from './binary-array.js';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
  await client.connect();
  await client.query(`set time zone 'UTC'`);
});
afterAll(() => client.end());

/** What Postgres reads, each element as the text it would write. */
const asText = async (type: string, array: Buffer): Promise<readonly (string | null)[]> => {
  const { rows } = await client.query({
    text: `select array(select e::text from unnest($1::${type}[]) with ordinality u (e, o) order by o) as read`,
    values: [array],
  });
  return (rows as readonly { read: readonly (string | null)[] }[])[0]?.read ?? [];
};

const orNull = <T>(element: fc.Arbitrary<T>) => fc.array(fc.option(element), { maxLength: 12 });
/** Text that Postgres can hold: everything but NUL, and no half of a surrogate pair. */
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((value) => !value.includes('\0'));
const instant = fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });

describe('A binary array is read by Postgres as it was written:', () => {
  it('texts of all characters', async () => {
    await fc.assert(
      fc.asyncProperty(orNull(text), async (values) => {
        expect(await asText('text', binaryArray.text(values))).toEqual(values);
      }),
    );
  });

  it('JSON, byte by byte', async () => {
    const json = fc.json().map((value) => JSON.stringify(JSON.parse(value)).replaceAll(String.raw`\u0000`, ''));
    await fc.assert(
      fc.asyncProperty(orNull(json), async (values) => {
        expect(await asText('json', binaryArray.json(values))).toEqual(values);
      }),
    );
  });

  it.each([
    ['int4', binaryArray.int4, fc.integer()],
    ['bigint', binaryArray.int8, fc.maxSafeInteger()],
  ])('numbers of type %s', async (type, encode, numbers) => {
    await fc.assert(
      fc.asyncProperty(orNull(numbers), async (values) => {
        expect(await asText(type, encode(values))).toEqual(values.map((value) => value?.toString() ?? null));
      }),
    );
  });

  it('truth values', async () => {
    await fc.assert(
      fc.asyncProperty(orNull(fc.boolean()), async (values) => {
        expect(await asText('boolean', binaryArray.bool(values))).toEqual(
          values.map((value) => value?.toString() ?? null),
        );
      }),
    );
  });

  it('bytes', async () => {
    await fc.assert(
      fc.asyncProperty(orNull(fc.uint8Array({ maxLength: 40 })), async (values) => {
        const hex = values.map((value) => (value === null ? null : `\\x${Buffer.from(value).toString('hex')}`));
        expect(await asText('bytea', binaryArray.bytea(values))).toEqual(hex);
      }),
    );
  });

  it('instants to the millisecond, also before 2000', async () => {
    await fc.assert(
      fc.asyncProperty(orNull(instant), async (values) => {
        const written = values.map((value) => value?.toISOString() ?? null);
        const read = await asText('timestamptz', binaryArray.timestamptz(written));
        expect(read.map((value) => (value === null ? null : new Date(value).toISOString()))).toEqual(written);
      }),
    );
  });
});
