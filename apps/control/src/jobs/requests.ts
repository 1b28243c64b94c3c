import { Name, Uid } from '@waystation/events';
import { z } from 'zod';

const Settings = z.record(z.string(), z.json());

/** A job that somebody wants without a rule. */
export const NewJob = z.strictObject({
  module: Name,
  /** One series, or series of a study that are to be processed together. */
  series: z.union([Uid, z.array(Uid).min(1).max(1000)]),
  /** Take precedence over those of the module, key by key. */
  settings: Settings.default({}),
  /** Where the output goes; it is kept where there is none. */
  targets: z.array(Name).max(64).default([]),
});
export type NewJob = z.infer<typeof NewJob>;

/** How a job is to be done again. */
export const Restart = z.strictObject({ settings: Settings.optional() }).prefault({});
export type Restart = z.infer<typeof Restart>;
