import { z } from 'zod';
import { Name } from '../values.js';
import { ResultOutcome } from './result-outcome.js';

/** One step: a module, with settings for this rule where it needs any. */
export const ProcessingStep = z.strictObject({
  module: Name,
  settings: z.record(z.string(), z.json()).default({}),
  /** What its result decides; what the rule says holds where no condition does. */
  outcomes: z.array(ResultOutcome).min(1).max(64).optional(),
});
export type ProcessingStep = Readonly<z.infer<typeof ProcessingStep>>;

/** What a rule has done to the objects. */
export const RuleProcessing = z.strictObject({
  /** One after another: each gets what the one before it made. */
  steps: z.array(ProcessingStep).min(1).max(16),
  /** Whether the objects that came in go to the targets as well. */
  originals: z.boolean().default(false),
  /** What goes to the targets where a step fails for good. */
  onFailure: z.enum(['nothing', 'originals']).default('nothing'),
  /** Whom a DICOM object tells that a step failed for good, and why; nobody where it is left out. */
  returnFailure: z
    .strictObject({
      /** Whether it goes to who sent the objects: see `senders` for where that is. */
      toSender: z.boolean().default(false),
      /** Where it goes besides. */
      targets: z.array(Name).max(64).default([]),
    })
    .refine(({ toSender, targets }) => toSender || targets.length > 0, 'names nobody: toSender or targets')
    .optional(),
  /** Whether the module may say where its output goes, and which targets it may name; any that exists where there is none. */
  dynamicRouting: z
    .strictObject({
      targets: z.array(Name).default([]),
      /** Where it goes instead when the module asks for the other target. */
      alternateTarget: Name.optional(),
    })
    .optional(),
});
export type RuleProcessing = Readonly<z.infer<typeof RuleProcessing>>;
