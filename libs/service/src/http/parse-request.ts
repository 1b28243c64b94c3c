import { CodedError, lostKeys } from '@waystation/kernel';
import type { PipeTransform } from '@nestjs/common';
import { z } from 'zod';

/** Checks a body or query against its schema; every problem is named with its place. Nothing of it is lost without a word. */
export const parseRequest = <Schema extends z.ZodType>(schema: Schema): PipeTransform<unknown, z.infer<Schema>> => ({
  transform: (value) => {
    const parsed = schema.safeParse(value ?? {});
    const lost = parsed.success ? lostIn(value, parsed.data) : [];
    if (parsed.success && lost.length === 0) return parsed.data;
    const problems = parsed.success
      ? lost.map((path) => ({ path, problem: 'nothing can be called __proto__' }))
      : parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), problem: message }));
    throw new CodedError(
      'request.invalid',
      problems.map(({ path, problem }) => (path === '' ? problem : `${path}: ${problem}`)).join('\n'),
      { details: { problems } },
    );
  },
});

/** What a schema leaves as it is, it keeps: whoever reads that further looks at it. */
const lostIn = (given: unknown, kept: unknown): readonly string[] => {
  const still = new Set(lostKeys(kept).map((path) => path.join('.')));
  return lostKeys(given)
    .map((path) => path.join('.'))
    .filter((path) => !still.has(path));
};

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
