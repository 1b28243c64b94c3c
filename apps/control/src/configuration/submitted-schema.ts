import { ConfigurationDocument } from '@waystation/events';
import { openApiSchema } from '@waystation/service';
import type { z } from 'zod';

/** The schema of a body whose document is a configuration, for the OpenAPI document. */
export const submittedSchema = (body: z.ZodType): Record<string, unknown> => {
  const { properties, ...schema } = openApiSchema(body);
  return { ...schema, properties: { ...(properties as object), document: openApiSchema(ConfigurationDocument) } };
};
