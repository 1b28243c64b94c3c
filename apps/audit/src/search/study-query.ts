import { z } from 'zod';
import { PageQuery } from './page-query.js';

/** Which studies of those that rules wait or waited for. */
export const StudyQuery = PageQuery.extend({
  study: z.string().optional(),
  rule: z.string().optional(),
  status: z.enum(['waiting', 'complete', 'discarded', 'any']).default('any'),
});
export type StudyQuery = z.infer<typeof StudyQuery>;
