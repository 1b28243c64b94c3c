import { isAeTitle, isDicomUid } from '@waystation/kernel';
import { z } from 'zod';

/** PS3.5 chapter 9. */
export const Uid = z.string().refine(isDicomUid, 'not a DICOM UID');
/** PS3.5 table 6.2-1. */
export const AeTitle = z.string().refine(isAeTitle, 'not an AE title');
/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** RFC 4648 chapter 4, with padding. */
export const Base64 = z.base64();
/** ISO 8601 in UTC with milliseconds. */
export const InstantText = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const Count = z.int().nonnegative();
export const Milliseconds = z.int().nonnegative();
/** The name of a rule or target: what people type and read, and safe in a path, also where Windows cuts its end. */
export const Name = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,62}[A-Za-z0-9_-])?$/,
    'letters, digits, space, dot, dash, underscore; at most 64, the last one neither space nor dot',
  );

/** The path of a file or folder on the machine that uses it. */
export const AbsolutePath = z.string().refine((path) => /^(\/|[A-Za-z]:[\\/])/.test(path), 'must be an absolute path');
/** SHA-256 of a certificate in hexadecimal, with colons or without. */
export const Fingerprint = z.string().regex(/^([0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, 'not 32 bytes in hexadecimal');

/** Where an association came from. */
export const Source = z.strictObject({
  association: z.string(),
  callingAeTitle: z.string(),
  calledAeTitle: z.string(),
  address: z.string(),
});
export type Source = Readonly<z.infer<typeof Source>>;

/** Where an object's bytes are and what they hash to. */
export const StoredObject = z.strictObject({
  /** Key in the object store. */
  key: z.string(),
  /** SHA-256 of the data set as it was received, without the file meta information. */
  sha256: Sha256,
  /** Bytes of the whole Part 10 file. */
  size: Count,
  /** Where in the file the data set begins. */
  dataSetOffset: Count,
  /** Present where the bytes were in a spool when this was written: `<writer>/<file>/<offset>`. Later they are under the key. */
  spool: z.string().optional(),
});
export type StoredObject = Readonly<z.infer<typeof StoredObject>>;

/** Where the bytes of a file that is no DICOM object are. */
export const StoredFile = z.strictObject({
  /** Key in the object store. */
  key: z.string(),
  /** SHA-256 of the whole file. */
  sha256: Sha256,
  /** Bytes. */
  size: Count,
});
export type StoredFile = Readonly<z.infer<typeof StoredFile>>;
