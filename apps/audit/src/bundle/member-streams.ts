import { Readable } from 'node:stream';

/** JSON that people can read. */
export const jsonMember = (value: unknown): Readable => textMember(`${JSON.stringify(value, undefined, 2)}\n`);

/** A line of JSON for each value. */
export const linesMember = (values: Iterable<unknown> | AsyncIterable<unknown>): Readable =>
  Readable.from(linesOf(values), { objectMode: false });

export const textMember = (text: string): Readable => Readable.from([Buffer.from(text)]);

async function* linesOf(values: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
}
