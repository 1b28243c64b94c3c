import { CodedError, messageOf } from '@waystation/kernel';
import { S3ServerFault } from './s3-transport.js';

/** 507 Insufficient Storage, RFC 4918 11.5. */
const insufficientStorage = 507;
const notImplemented = 501;

const noRoom: readonly string[] = [
  'QuotaExceeded',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
  'StorageFull',
];
const broken: readonly string[] = ['ECONNRESET', 'EPIPE'];

/** The S3 error code, or the errno name of a connection that failed. */
export const s3CodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether the object (not the bucket) is not there. A HEAD request has no body to say `NoSuchKey` in. */
export const isNoSuchObject = (error: unknown): boolean => ['NoSuchKey', 'NotFound'].includes(s3CodeOf(error));

const isFull = (error: unknown): boolean =>
  noRoom.includes(s3CodeOf(error)) || (error instanceof S3ServerFault && error.status === insufficientStorage);

/** Whether the same request may succeed in a moment: a connection closed under us, or a server that asks for patience. */
export const isPassing = (error: unknown): boolean =>
  error instanceof S3ServerFault
    ? ![insufficientStorage, notImplemented].includes(error.status)
    : broken.includes(s3CodeOf(error));

/** What an S3 request threw, in the words of the port. What is one of ours already stays as it is. */
export const s3Fault = (doing: string, error: unknown): CodedError => {
  if (error instanceof CodedError) return error;
  const said = [s3CodeOf(error), messageOf(error)].filter(Boolean).join(': ') || 'no reason given';
  const code = isFull(error) ? 'object-store.full' : 'object-store.unavailable';
  return new CodedError(code, `${doing} failed: ${said}`, { cause: error });
};
