import { z } from 'zod';
import { Identity } from '../facts.js';

/** What a module wants people to be told of its job. */
export const NotificationDirective = z.strictObject({
  /** Whether somebody is to be told also where the rule tells only when a module asks. */
  requested: z.boolean(),
  /** Its own words as `text`, sealed: they may name the patient. */
  words: Identity.optional(),
});
export type NotificationDirective = Readonly<z.infer<typeof NotificationDirective>>;
