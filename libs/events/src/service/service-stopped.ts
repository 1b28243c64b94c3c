import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** A process of Waystation was told to end. One that died has no such event. */
export const ServiceStopped = defineEvent('service.stopped', 1, {
  stream: 'service',
  producer: 'standalone',
  summary: 'A process of Waystation was told to end.',
  data: z.strictObject({ host: z.string(), pid: Count }),
});
export type ServiceStopped = EventOf<typeof ServiceStopped>;
