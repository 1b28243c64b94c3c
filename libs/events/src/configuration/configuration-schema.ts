import { z } from 'zod';
import type { JsonSchema } from '../incompatibilities.js';
import { ConfigurationDocument } from './configuration-document.js';

/** The JSON Schema (draft 2020-12) of a file with a configuration: what has a default may be left out. */
export const configurationSchema = (): JsonSchema => {
  const { $schema, properties, ...schema } = z.toJSONSchema(ConfigurationDocument, { io: 'input' });
  return {
    $schema,
    title: 'Waystation configuration',
    description: 'Everything an operator decides, as one versioned document.',
    ...schema,
    properties: { $schema: { type: 'string' }, ...properties },
  } as JsonSchema;
};
