import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';

/** An object of the quarantine was not taken in, for the same reason as before or for another. It stays where it is. */
export const ReinjectionRefused = defineEvent('reinjection.refused', 1, {
  stream: 'quarantine',
  producer: 'ingest',
  summary: 'An object in quarantine was refused again.',
  data: z.strictObject({
    code: z.string(),
    reason: z.string(),
  }),
});
export type ReinjectionRefused = EventOf<typeof ReinjectionRefused>;
