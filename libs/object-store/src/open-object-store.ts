import { fileURLToPath } from 'node:url';
import { CodedError } from '@waystation/kernel';
import { FilesObjectStore } from './files/files-object-store.js';
import type { ObjectStore } from './object-store.js';
import { parseS3Url } from './s3/parse-s3-url.js';

/**
 * Opens the store a URL names and makes sure that it is there: the folder or bucket is created where it is missing.
 *
 * - `file:///absolute/folder`
 * - `s3://ACCESS:SECRET@host:port/bucket?tls=false&region=us-east-1&prefix=waystation/&timeout=30`, each part of it
 *   URL-encoded; without credentials in the URL, those of `WAYSTATION_S3_ACCESS_KEY` and `WAYSTATION_S3_SECRET_KEY` are used.
 *   `timeout` is in seconds of silence. Listing permission is needed: without it S3 does not tell missing from forbidden.
 *
 * Throws `object-store.invalid-url`, or `object-store.unavailable` where the store cannot be reached or created. No error
 * holds a secret.
 * @param onAway where it is given, a bucket that cannot be reached is no error: it is told, and looks for it again later
 */
export const openObjectStore = async (
  url: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  onAway?: (error: CodedError) => void,
): Promise<ObjectStore> => {
  if (url.startsWith('s3:')) {
    const location = parseS3Url(url, env);
    const { S3ObjectStore } = await import('./s3/s3-object-store.js'); // its library costs what files need not pay
    return S3ObjectStore.open(location, onAway);
  }
  if (/^file:\/\/\/./.test(url)) return FilesObjectStore.open(fileURLToPath(url));
  throw new CodedError(
    'object-store.invalid-url',
    'the URL of the object store is not one: expected file:///absolute/folder or s3://host:port/bucket',
  );
};
