import { z } from 'zod';
import { Name } from '../values.js';

const step = {
  module: Name,
  /** What the app that takes the job calls itself; left out where it is the name of the module, or a container. */
  app: Name.optional(),
  settings: z.record(z.string(), z.json()),
} as const;

/** What follows where a condition on the result of a step holds, as the rule said when it was followed. */
export const PlannedOutcome = z.strictObject({
  when: z.string(),
  discard: z.literal(true).optional(),
  targets: z.array(Name).optional(),
  originals: z.boolean().optional(),
  steps: z.array(z.strictObject(step)).max(16).optional(),
  notify: z.literal(true).optional(),
});
export type PlannedOutcome = Readonly<z.infer<typeof PlannedOutcome>>;

/** What the result of a step decides; present where it decides anything. */
export const PlannedOutcomes = z.array(PlannedOutcome).min(1).max(64).optional();

/** One step as it was when the rule was followed. */
export const PlannedStep = z.strictObject({ ...step, outcomes: PlannedOutcomes });
export type PlannedStep = Readonly<z.infer<typeof PlannedStep>>;

/** What follows from a job, as the rule said when it was followed: a later configuration does not change it. */
export const JobPlan = z.strictObject({
  /** The steps after this one. */
  steps: z.array(PlannedStep).max(16),
  /** Where the output of the last step goes; kept where there is none. */
  targets: z.array(Name),
  /** Whether what came in goes there as well. */
  originals: z.boolean(),
  onFailure: z.enum(['nothing', 'originals']),
  /** Present where a DICOM object tells of a failure for good. */
  returnFailure: z
    .strictObject({
      targets: z.array(Name),
      /** AE titles of senders that no target is known for. */
      unknownSenders: z.array(z.string()).min(1).optional(),
    })
    .optional(),
  /** Present where the module may say where its output goes. */
  dynamicRouting: z.strictObject({ targets: z.array(Name), alternateTarget: Name.optional() }).optional(),
});
export type JobPlan = Readonly<z.infer<typeof JobPlan>>;
