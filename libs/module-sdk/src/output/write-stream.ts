import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a stream to a file of its own and hashes it. `onPiece` sees the bytes as they go by; what it throws ends it. */
export const writeStream = async (
  path: string,
  content: Readable,
  onPiece: (piece: Buffer) => void,
): Promise<{ readonly size: number; readonly sha256: string }> => {
  const hash = createHash('sha256');
  let size = 0;
  const watched = async function* (source: AsyncIterable<unknown>) {
    for await (const chunk of source) {
      const piece = bufferOf(chunk);
      size += piece.length;
      hash.update(piece);
      onPiece(piece);
      yield piece;
    }
  };
  await pipeline(content, watched, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  return { size, sha256: hash.digest('hex') };
};

const bufferOf = (chunk: unknown): Buffer =>
  chunk instanceof Uint8Array
    ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    : Buffer.from(String(chunk));
