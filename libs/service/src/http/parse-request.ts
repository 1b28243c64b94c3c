import { CodedError } from '@waystation/kernel';
import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';

/** Checks a body or query against its schema; every problem is named with its place. */
export const parseRequest = <Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.infer<Schema>> => ({
  transform: (value) => {
    const parsed = schema.safeParse(value ?? {});
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), problem: message }));
    throw new CodedError(
      'request.invalid',
      problems.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)).join('\n'),
      { details: { problems } },
    );
  },
});

/**
 * The JSON Schema of a body, for the OpenAPI document. Where anything in JSON may stand it says nothing more: a definition that
 * refers to itself has no place inside of another document.
 */
export const openApiSchema = (schema: z.ZodType): Record<string, unknown> => {
  const options = { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' } as const;
  const { definitions: _definitions, ...rest } = z.toJSONSchema(schema, options);
  return JSON.parse(JSON.stringify(rest), (_key, value: unknown) => (isReference(value) ? {} : value)) as Record<
    string,
    unknown
  >;
};

const isReference = (value: unknown): boolean => typeof value === 'object' && value !== null && '$ref' in value;
