import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** A process of Waystation began to work. */
export const ServiceStarted = defineEvent('service.started', 1, {
  stream: 'service',
  producer: 'standalone',
  summary: 'A process of Waystation began to work.',
  data: z.strictObject({ host: z.string(), pid: Count }),
});
export type ServiceStarted = EventOf<typeof ServiceStarted>;
