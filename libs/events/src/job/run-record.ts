import { z } from 'zod';
import { StoredFile } from '../values.js';
import { ImageDigest } from './job-executor.js';

/** What is recorded of a run besides, however it ended. */
export const runRecord = {
  exitCode: z.int().optional(),
  imageDigest: ImageDigest.optional(),
  peakMemoryBytes: z.int().nonnegative().optional(),
  /** What the module wrote while it ran; it may identify the patient, so it is an object of its own. */
  log: StoredFile.optional(),
} as const;
