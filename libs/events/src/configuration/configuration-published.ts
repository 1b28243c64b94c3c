import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256 } from '../values.js';
import { ConfigurationDocument } from './configuration-document.js';

/** A configuration came into force. */
export const ConfigurationPublished = defineEvent('configuration.published', 1, {
  stream: 'configuration',
  producer: 'control',
  summary: 'A configuration came into force.',
  data: z.strictObject({
    version: z.int().positive(),
    /** SHA-256 of the document as JSON with sorted keys. */
    sha256: Sha256,
    document: ConfigurationDocument,
    author: z.string(),
    reason: z.string(),
  }),
});
export type ConfigurationPublished = EventOf<typeof ConfigurationPublished>;
