import { z } from 'zod';
import { Name } from '../values.js';

/** What follows from a step where a condition on its result holds; the first that holds counts. */
export const ResultOutcome = z.strictObject({
  /** In the rule language, about `result.…` only: `result.status == 'success' and number(result.nodules) > 0`. */
  when: z.string().min(1).max(10_000),
  /** Nothing goes anywhere, and no step follows. */
  discard: z.literal(true).optional(),
  /** Where the output goes in place of the targets of the rule; kept where there is none. */
  targets: z.array(Name).max(64).optional(),
  /** Whether what came in goes there as well, in place of what the rule says. */
  originals: z.boolean().optional(),
  /** What is done next in place of the later steps of the rule; nothing where there is none. */
  steps: z
    .array(z.strictObject({ module: Name, settings: z.record(z.string(), z.json()).default({}) }))
    .max(16)
    .optional(),
  /** Tells those whom the rule tells what is `requested`, once all that follows is done. */
  notify: z.literal(true).optional(),
});
export type ResultOutcome = Readonly<z.infer<typeof ResultOutcome>>;
