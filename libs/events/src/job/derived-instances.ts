import { z } from 'zod';
import { Count } from '../values.js';

/** What one attempt of a job made: its instances are in the job's own stream. */
export const DerivedInstances = z.strictObject({ job: z.string(), attempt: z.int().positive(), count: Count });
export type DerivedInstances = Readonly<z.infer<typeof DerivedInstances>>;
