import { z } from 'zod';
import { AeTitle, Name } from '../values.js';

/** Exponential back-off: delay n is `firstDelaySeconds · factor^(n-1)`, capped, then shortened by up to half at random. */
export const RetryPolicy = z.strictObject({
  attempts: z.int().min(1).max(1000).default(10),
  firstDelaySeconds: z.number().min(0.05).max(86_400).default(5),
  factor: z.number().min(1).max(10).default(2),
  longestDelaySeconds: z.number().min(0.05).max(604_800).default(900),
});
export type RetryPolicy = Readonly<z.infer<typeof RetryPolicy>>;

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
});

/** A folder that objects are written to as `<StudyInstanceUID>/<SeriesInstanceUID>/<SOPInstanceUID>.dcm`. */
export const FolderTarget = z.strictObject({
  ...common,
  kind: z.literal('folder'),
  /** Absolute path. */
  path: z.string().refine((path) => /^(\/|[A-Za-z]:[\\/])/.test(path), 'must be an absolute path'),
});

export const Target = z.discriminatedUnion('kind', [DicomTarget, FolderTarget]);
export type Target = Readonly<z.infer<typeof Target>>;
export type DicomTarget = Readonly<z.infer<typeof DicomTarget>>;
export type FolderTarget = Readonly<z.infer<typeof FolderTarget>>;

/** A condition and what follows from it. */
export const Rule = z.strictObject({
  name: Name,
  /** In the rule language: `@Modality@ == 'CT' and 'HEAD' in @StudyDescription@`. */
  condition: z.string().min(1).max(10_000),
  action: z.enum(['route', 'discard']),
  /** Names of targets; empty for `discard`. */
  targets: z.array(Name).default([]),
  /** Asked only where no other rule matched. */
  fallback: z.boolean().default(false),
  disabled: z.boolean().default(false),
  comment: z.string().max(1000).optional(),
});
export type Rule = Readonly<z.infer<typeof Rule>>;

/** When a series counts as complete. */
export const Completion = z.strictObject({
  /** Seconds without a new object; for series that open from then on. */
  quietPeriodSeconds: z.number().min(0.1).max(86_400).default(60),
});
export type Completion = Readonly<z.infer<typeof Completion>>;

/** Everything an operator decides, as one versioned document. */
export const ConfigurationDocument = z.strictObject({
  completion: Completion.prefault({}),
  rules: z.array(Rule).default([]),
  targets: z.array(Target).default([]),
});
export type ConfigurationDocument = Readonly<z.infer<typeof ConfigurationDocument>>;
