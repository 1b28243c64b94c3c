import { z } from 'zod';
import { AbsolutePath, AeTitle, Name } from '../values.js';
import { Sender } from './sender.js';
import { Subscription } from './subscription.js';
import { TargetTls } from './target-tls.js';

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

/** Those whose values are text or numbers. */
// prettier-ignore
const valueRepresentations = [
  'AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FD', 'FL', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS', 'ST', 'SV', 'TM', 'UC',
  'UI', 'UL', 'UR', 'US', 'UT', 'UV',
] as const;

/** When a series counts as complete. */
export const Completion = z.strictObject({
  /** Seconds without a new object; for series that open from then on. */
  quietPeriodSeconds: z.number().min(0.1).max(86_400).default(60),
});
export type Completion = Readonly<z.infer<typeof Completion>>;

/** An element that is read from objects beside the routing header, so that rules can ask for it. */
export const AdditionalFact = z.strictObject({
  /** `0018,9073`, or `(0019,xx08,SIEMENS MED)` for a private element, by who reserved its block (PS3.5 7.8.1). */
  element: z
    .string()
    .regex(
      /^([0-9A-Fa-f]{4},[0-9A-Fa-f]{4}|\([0-9A-Fa-f]{4},xx[0-9A-Fa-f]{2},[^\\]{1,64}\))$/,
      "'gggg,eeee', or '(gggg,xxee,CREATOR)' for a private element",
    ),
  /** What the value is where the data set does not say (PS3.5 6.2). */
  vr: z.enum(valueRepresentations).optional(),
  comment: z.string().max(1000).optional(),
});
export type AdditionalFact = Readonly<z.infer<typeof AdditionalFact>>;

/** Everything an operator decides, as one versioned document. */
export const ConfigurationDocument = z.strictObject({
  completion: Completion.prefault({}),
  /** Holds for objects that come from then on; what is read so counts as identity, since nobody vouches for it. */
  facts: z.strictObject({ additional: z.array(AdditionalFact).max(64).default([]) }).prefault({}),
  rules: z.array(Rule).default([]),
  targets: z.array(Target).default([]),
  /** Callers of which more is asked than their AE title; the others the settings take or refuse. */
  senders: z.array(Sender).default([]),
  /** Who is told of events as they are appended. */
  subscriptions: z.array(Subscription).max(64).default([]),
});
export type ConfigurationDocument = Readonly<z.infer<typeof ConfigurationDocument>>;
