import { z } from 'zod';
import { Name } from '../values.js';

/** One step as it was when the rule was followed. */
export const PlannedStep = z.strictObject({
  module: Name,
  /** What the app that takes the job calls itself; left out where it is the name of the module, or a container. */
  app: Name.optional(),
  settings: z.record(z.string(), z.json()),
});
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
  /** Present where the module may say where its output goes. */
  dynamicRouting: z.strictObject({ targets: z.array(Name), alternateTarget: Name.optional() }).optional(),
});
export type JobPlan = Readonly<z.infer<typeof JobPlan>>;
