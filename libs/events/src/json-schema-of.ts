import { z } from 'zod';
import type { EventDefinition } from './define-event.js';
import type { JsonSchema } from './incompatibilities.js';

/** The JSON Schema (draft 2020-12) of what an event's data may be when it is read: what has a default may be missing. */
export const jsonSchemaOf = ({ schema, type, summary }: EventDefinition): JsonSchema => ({
  title: type,
  description: summary,
  ...(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema),
});
