import { z } from 'zod';
import { AbsolutePath, AeTitle, Name } from '../values.js';
import { RetryPolicy } from './retry-policy.js';
import { TargetTls } from './target-tls.js';

const common = {
  name: Name,
  retry: RetryPolicy.prefault({}),
  /** Deliveries to this target under way at the same time, over all dispatchers of one process. */
  concurrency: z.int().min(1).max(16).default(1),
  comment: z.string().max(1000).optional(),
};

/** A storage SCP that objects are sent to by C-STORE (PS3.4 annex B). */
export const DicomTarget = z.strictObject({
  ...common,
  kind: z.literal('dicom'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  /** Title of the target. */
  calledAeTitle: AeTitle,
  /** Title we call with. */
  callingAeTitle: AeTitle.default('WAYSTATION'),
  /** No answer for this long ends the attempt. */
  timeoutSeconds: z.number().min(1).max(3600).default(30),
  /** Whether an object is sent without compression, or in another byte order, where the target refuses it as it is stored. */
  transcode: z.enum(['when-refused', 'never']).default('when-refused'),
  /** Associations that one delivery is spread over. */
  associations: z.int().min(1).max(16).default(1),
  /** Objects sent ahead of their answers on each of them, where the target grants it (PS3.7 D.3.3.3). */
  operationsWindow: z.int().min(1).max(64).default(1),
  /** Longest P-DATA-TF that is announced to the target, bytes (PS3.8 annex D.1). */
  maximumPduLength: z.int().min(4096).max(1_048_576).default(131_072),
  /** Where it is given, the target is called over TLS. */
  tls: TargetTls.optional(),
});

/** A folder that objects are written to as `<StudyInstanceUID>/<SeriesInstanceUID>/<SOPInstanceUID>.dcm`. */
export const FolderTarget = z.strictObject({
  ...common,
  kind: z.literal('folder'),
  /** Absolute path. */
  path: AbsolutePath,
});

export const Target = z.discriminatedUnion('kind', [DicomTarget, FolderTarget]);
export type Target = Readonly<z.infer<typeof Target>>;
export type DicomTarget = Readonly<z.infer<typeof DicomTarget>>;
export type FolderTarget = Readonly<z.infer<typeof FolderTarget>>;
