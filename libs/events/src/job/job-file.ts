import { z } from 'zod';
import { StoredFile } from '../values.js';

/** A file that a module made beside its objects. */
export const JobFile = z.strictObject({ name: z.string().min(1).max(255), object: StoredFile });
export type JobFile = Readonly<z.infer<typeof JobFile>>;
