import { z } from 'zod';
import { InstanceRange } from '../series/instance-range.js';
import { Uid } from '../values.js';
import { DerivedInstances } from './derived-instances.js';

/** What a job works on: objects of a series as they were received, or what another job made. */
export const JobInput = z.union([
  z.strictObject({ seriesInstanceUid: Uid, revision: z.int().positive(), instances: InstanceRange }),
  DerivedInstances,
]);
export type JobInput = Readonly<z.infer<typeof JobInput>>;
