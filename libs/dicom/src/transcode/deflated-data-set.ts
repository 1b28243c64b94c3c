import { CodedError, messageOf } from '@waystation/kernel';
import {
  createDeflateRaw,
  createInflate,
  createInflateRaw,
  type DeflateRaw,
  type Inflate,
  type InflateRaw,
} from 'node:zlib';
import { hasZlibHeader } from '../header/has-zlib-header.js';
import { ByteSource } from './byte-source.js';

/**
 * A deflated data set (PS3.5 A.5) as it is without compression.
 * @throws `dicom.malformed`, `dicom.truncated`
 */
export async function* inflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = new ByteSource(pieces);
  const inflate = hasZlibHeader(await source.peek(2)) ? createInflate() : createInflateRaw();
  try {
    yield* through(inflate, source.rest());
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error;
    const kind = code === 'Z_BUF_ERROR' ? 'dicom.truncated' : 'dicom.malformed';
    throw new CodedError(kind, `deflated data set does not inflate: ${messageOf(error)}`, { cause: error });
  } finally {
    await source.close();
  }
}

/** A data set as one raw deflate stream, padded to an even length (PS3.5 A.5). */
export async function* deflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of through(createDeflateRaw(), pieces)) {
    bytes += piece.length;
    yield piece;
  }
  if (bytes % 2 === 1) yield Buffer.alloc(1);
}

async function* through(
  flate: DeflateRaw | Inflate | InflateRaw,
  pieces: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const fed = feed(flate, pieces).catch((error: unknown) => void flate.destroy(asError(error)));
  try {
    for await (const piece of flate) yield piece as Buffer;
  } finally {
    flate.destroy();
    await fed;
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(messageOf(error)));

/** Ends with the pieces, or when nobody reads any more. */
const feed = async (flate: DeflateRaw | Inflate | InflateRaw, pieces: AsyncIterable<Buffer>): Promise<void> => {
  for await (const piece of pieces) {
    if (flate.destroyed) return;
    if (flate.write(piece)) continue;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        flate.off('drain', goOn);
        flate.off('close', goOn);
        resolve();
      };
      flate.once('drain', goOn);
      flate.once('close', goOn);
    });
  }
  if (!flate.destroyed) flate.end();
};
