import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Name } from '../values.js';

/** A processing app started that says something else of itself than the last time: another version, or other settings. */
export const AppAnnounced = defineEvent('app.announced', 1, {
  stream: 'app',
  producer: 'processing',
  summary: 'A processing app says which settings it takes.',
  data: z.strictObject({
    /** What it calls itself. */
    app: Name,
    version: z.string().max(200),
    /** JSON Schema (draft 2020-12) of its settings; left out where it has none that JSON Schema can say. */
    settings: z.record(z.string(), z.json()).optional(),
  }),
});
export type AppAnnounced = EventOf<typeof AppAnnounced>;
