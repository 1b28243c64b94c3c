/** The element types of the arrays that an append sends, by their number in `pg_type`. */
const OID = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, json: 114, timestamptz: 1184 } as const;

/** PostgreSQL counts microseconds from the first moment of 2000. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const HEAD_BYTES = 20;
const NULL_LENGTH = -1;

/** How an element is written: how many bytes it takes, and what writes them. */
interface Codec<Element> {
  readonly oid: number;
  readonly sizeOf: (element: Element) => number;
  readonly write: (element: Element, into: Buffer, at: number) => void;
}

/**
 * A one-dimensional array in the binary format of PostgreSQL (`array_recv`): dimensions, whether there are nulls, element type,
 * length, lower bound, and every element behind its length. As text, every quotation mark of JSON would have to be
 * escaped here and unescaped there.
 */
const encoder =
  <Element>({ oid, sizeOf, write }: Codec<Element>) =>
  (elements: readonly (Element | null)[]): Buffer => {
    const sizes = elements.map((element) => (element === null ? NULL_LENGTH : sizeOf(element)));
    const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + Math.max(0, size), HEAD_BYTES));
    let at = 0;
    const hasNulls = Number(elements.includes(null));
    for (const word of [1, hasNulls, oid, elements.length, 1]) at = bytes.writeInt32BE(word, at);
    for (const [index, element] of elements.entries()) {
      const size = sizes[index] ?? NULL_LENGTH;
      at = bytes.writeInt32BE(size, at);
      if (element === null) continue;
      write(element, bytes, at);
      at += size;
    }
    return bytes;
  };

const writeText = (text: string, into: Buffer, at: number): void => void into.write(text, at, 'utf8');

/** Arrays of every type, each as a parameter in binary format. Instants are ISO 8601 with milliseconds. */
export const binaryArray = {
  bool: encoder<boolean>({
    oid: OID.bool,
    sizeOf: () => 1,
    write: (one, into, at) => into.writeUInt8(Number(one), at),
  }),
  int4: encoder<number>({ oid: OID.int4, sizeOf: () => 4, write: (one, into, at) => into.writeInt32BE(one, at) }),
  int8: encoder<number>({
    oid: OID.int8,
    sizeOf: () => 8,
    write: (one, into, at) => into.writeBigInt64BE(BigInt(one), at),
  }),
  text: encoder<string>({ oid: OID.text, sizeOf: (one) => Buffer.byteLength(one), write: writeText }),
  json: encoder<string>({ oid: OID.json, sizeOf: (one) => Buffer.byteLength(one), write: writeText }),
  bytea: encoder<Uint8Array>({
    oid: OID.bytea,
    sizeOf: ({ length }) => length,
    write: (one, into, at) => into.set(one, at),
  }),
  timestamptz: encoder<string>({
    oid: OID.timestamptz,
    sizeOf: () => 8,
    write: (one, into, at) => into.writeBigInt64BE(BigInt(Date.parse(one) - EPOCH_MS) * 1000n, at),
  }),
} as const;
