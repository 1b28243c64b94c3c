import { defineEvent, type EventOf } from '../define-event.js';
import { Reading } from './reading.js';

/** Somebody read the configuration, the one in force or one before. */
export const ConfigurationViewed = defineEvent('configuration.viewed', 1, {
  stream: 'access',
  producer: 'control',
  summary: 'Somebody read the configuration.',
  data: Reading,
});
export type ConfigurationViewed = EventOf<typeof ConfigurationViewed>;
