import { z } from 'zod';
import { Name } from '../values.js';

/** One step: a module, with settings for this rule where it needs any. */
export const ProcessingStep = z.strictObject({ module: Name, settings: z.record(z.string(), z.json()).default({}) });
export type ProcessingStep = Readonly<z.infer<typeof ProcessingStep>>;

/** What a rule has done to the objects. */
export const RuleProcessing = z.strictObject({
  /** One after another: each gets what the one before it made. */
  steps: z.array(ProcessingStep).min(1).max(16),
  /** Whether the objects that came in go to the targets as well. */
  originals: z.boolean().default(false),
  /** What goes to the targets where a step fails for good. */
  onFailure: z.enum(['nothing', 'originals']).default('nothing'),
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
