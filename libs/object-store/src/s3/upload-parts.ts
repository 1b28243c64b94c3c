import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Client } from 'minio';
import { CodedError } from '@waystation/kernel';
import { insist } from './insist.js';

/** Also the largest object that is sent in one request. Memory per upload is one part. */
export const partSize = 8 * 1024 * 1024;
/** Of S3. */
const mostParts = 10_000;

interface Place {
  readonly bucket: string;
  readonly name: string;
}

/** Reads until the buffer is full: a file may give less than it is asked for. */
const fill = async (file: FileHandle, buffer: Buffer, from: number): Promise<void> => {
  for (let read = 0; read < buffer.length;) {
    const { bytesRead } = await file.read(buffer, read, buffer.length - read, from + read);
    if (bytesRead === 0)
      throw new CodedError(
        'object-store.no-source',
        `the file became shorter while it was stored: ends at ${from + read}`,
      );
    read += bytesRead;
  }
};

const sendParts = async (client: Client, place: Place, uploadId: string, file: FileHandle, size: number) => {
  const step = Math.max(partSize, Math.ceil(size / mostParts));
  const buffer = Buffer.allocUnsafe(Math.min(step, size));
  const parts: { part: number; etag: string }[] = [];
  for (let from = 0; from < size; from += step) {
    const bytes = buffer.subarray(0, Math.min(step, size - from));
    await fill(file, bytes, from);
    const headers = { 'Content-MD5': createHash('md5').update(bytes).digest('base64') };
    const partNumber = parts.length + 1;
    const request = { bucketName: place.bucket, objectName: place.name, uploadID: uploadId, partNumber, headers };
    const { etag } = await insist(() => client.uploadPart({ ...request, headers: { ...headers } }, bytes));
    parts.push({ part: partNumber, etag });
  }
  return parts;
};

/**
 * Sends a file of known size in parts. `minio`'s own `putObject` of a stream is no choice: it never settles when the stream
 * fails, and it resumes whatever incomplete upload of the key it finds, also that of another writer.
 */
export const uploadParts = async (client: Client, place: Place, path: string, size: number): Promise<void> => {
  const file = await open(path, 'r');
  try {
    const uploadId = await insist(() => client.initiateNewMultipartUpload(place.bucket, place.name, {}));
    try {
      const parts = await sendParts(client, place, uploadId, file, size);
      await client.completeMultipartUpload(place.bucket, place.name, uploadId, parts);
    } catch (error) {
      await client.abortMultipartUpload(place.bucket, place.name, uploadId).catch(() => undefined);
      throw error;
    }
  } finally {
    await file.close();
  }
};
