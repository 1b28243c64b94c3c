import { z } from 'zod';
import { InstantText } from '../values.js';

/** What was read. Who read it, and from which address, is the actor of the event; it holds no value that was searched for. */
export const Reading = z.strictObject({
  /** What was asked for, without its values: `GET /api/series/:seriesInstanceUid/history`. */
  view: z.string(),
  /** The stream that it is about, such as `series/<SeriesInstanceUID>`; empty for lists. */
  subject: z.string(),
  /** How often. The same again within a minute is counted here instead of in an event of its own. */
  times: z.int().positive(),
  /** The last time; the first one is the time of the event. */
  lastAt: InstantText,
});
export type Reading = Readonly<z.infer<typeof Reading>>;
