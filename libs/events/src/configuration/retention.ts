import { z } from 'zod';
import { AeTitle, Name } from '../values.js';

/** Days, also parts of one. Left out where it is one of a policy, that is kept for ever. */
const Days = z.number().min(0).max(36_500).optional();

/**
 * How long objects are kept after everything that was decided about them is over. What is left out is kept for ever. What
 * still comes, waits or is under way is never given up, whatever stands here.
 */
export const KeptFor = z.strictObject({
  /** Everything that rules asked for arrived and was processed; counted from the last of it. */
  deliveredDays: Days,
  /** A delivery or job was given up or cancelled. */
  undeliveredDays: Days,
  /** No rule wanted the series, or none was asked. */
  undecidedDays: Days,
  /** A rule discarded the series. */
  discardedDays: Days,
  /** What a job made, its files included: counted from when the job and all that followed from it were over. */
  derivedDays: Days,
});
export type KeptFor = Readonly<z.infer<typeof KeptFor>>;

/** How long the objects of some series are kept. All that is given has to fit; the first policy that does holds. */
export const RetentionPolicy = z.strictObject({
  name: Name,
  /** AE titles of ours that the series was sent to; any where there is none. */
  calledAeTitles: z.array(AeTitle).max(100).default([]),
  /** Rules, one of which had the series sent, processed or discarded; any where there is none. */
  rules: z.array(Name).max(1000).default([]),
  keep: KeptFor,
  comment: z.string().max(1000).optional(),
});
export type RetentionPolicy = Readonly<z.infer<typeof RetentionPolicy>>;

/** How long objects are kept; for ever where nothing is said. */
export const Retention = z.strictObject({
  policies: z.array(RetentionPolicy).max(1000).default([]),
  /** Holds where no policy fits. */
  keep: KeptFor.default({}),
});
export type Retention = Readonly<z.infer<typeof Retention>>;
