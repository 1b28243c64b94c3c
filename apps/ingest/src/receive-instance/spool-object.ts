import { createHash, randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HeaderReader, encodeFileMeta, type Header } from '@waystation/dicom';
import { CodedError, messageOf } from '@waystation/kernel';

/** An object on its way in: the bytes on disk, their hash, and what its header says. */
export interface SpooledObject {
  readonly path: string;
  /** SHA-256 of the data set as received. */
  readonly sha256: string;
  /** Bytes of the Part 10 file. */
  readonly size: number;
  readonly dataSetOffset: number;
  /** What the header says, or why it cannot be read. */
  readonly header: Header | CodedError;
}

/** What a C-STORE-RQ says of the data set that follows it. */
export interface IncomingObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly data: AsyncIterable<Buffer>;
}

/**
 * Writes an object to a file as it comes in, hashes it and reads its header on the way. The data set is never changed;
 * the file meta information before it is ours (PS3.10 7.1).
 * @throws CodedError `ingest.spool-full` or `ingest.spool-unavailable`; where the sender breaks off, its error. The file
 *   is gone then.
 */
export const spoolObject = async (folder: string, incoming: IncomingObject): Promise<SpooledObject> => {
  const path = join(folder, `${randomUUID()}.part`);
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => Promise.reject(spoolError(path, error)));
  try {
    const spooled = await write(path, file, incoming);
    await file.close();
    return spooled;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  }
};

const write = async (path: string, file: FileHandle, incoming: IncomingObject): Promise<SpooledObject> => {
  const meta = encodeFileMeta(incoming);
  const hash = createHash('sha256');
  const header = new HeaderReader(incoming.transferSyntaxUid);
  let size = await append(path, file, meta);
  for await (const chunk of incoming.data) {
    hash.update(chunk);
    header.push(chunk);
    size += await append(path, file, chunk);
  }
  return { path, sha256: hash.digest('hex'), size, dataSetOffset: meta.length, header: headerOf(header) };
};

const append = async (path: string, file: FileHandle, bytes: Buffer): Promise<number> => {
  try {
    for (let written = 0; written < bytes.length;) {
      written += (await file.write(bytes, written, bytes.length - written)).bytesWritten;
    }
    return bytes.length;
  } catch (error) {
    throw spoolError(path, error);
  }
};

const spoolError = (path: string, error: unknown): CodedError => {
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException).code ?? '');
  return new CodedError(
    full ? 'ingest.spool-full' : 'ingest.spool-unavailable',
    `cannot write ${path}: ${messageOf(error)}`,
    { cause: error },
  );
};

/** A header that cannot be read must not stop the bytes from being kept: the error is the result. */
const headerOf = (reader: HeaderReader): Header | CodedError => {
  try {
    return reader.end();
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
};
