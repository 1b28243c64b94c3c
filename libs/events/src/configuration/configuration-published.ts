import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Sha256 } from '../values.js';
import { ConfigurationChange } from './configuration-change.js';
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
    /** Where it differs from the version before, or from the empty one; without the values, which both documents have. */
    changes: z.array(ConfigurationChange).optional(),
    /** The version whose document this is again. */
    rolledBackTo: z.int().positive().optional(),
  }),
});
export type ConfigurationPublished = EventOf<typeof ConfigurationPublished>;
