import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/**
 * A peer asked for an operation that is not served here, such as C-FIND, and was told so. Written for the first of each kind
 * that an association asks for; how many there were stands at its end.
 */
export const OperationRefused = defineEvent('operation.refused', 1, {
  stream: 'association',
  producer: 'ingest',
  summary: 'A peer asked for an operation that is not served here, and was told so.',
  data: z.strictObject({
    /** Command Field (0000,0100), PS3.7 table E.1-1. */
    commandField: Count,
    /** Its name: `C-FIND`; `unknown` where PS3.7 has none. */
    operation: z.string(),
    /** The SOP class of the presentation context that it came in. */
    abstractSyntax: z.string(),
    /** DIMSE status of the answer, PS3.7 annex C. */
    status: Count,
  }),
});
export type OperationRefused = EventOf<typeof OperationRefused>;
