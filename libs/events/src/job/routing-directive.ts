import { z } from 'zod';

/** Where a module wants its output to go. What it names need not exist. */
export const RoutingDirective = z.strictObject({
  targets: z.array(z.string().max(64)).min(1).max(64).optional(),
  discard: z.literal(true).optional(),
  useAlternateTarget: z.literal(true).optional(),
});
export type RoutingDirective = Readonly<z.infer<typeof RoutingDirective>>;
