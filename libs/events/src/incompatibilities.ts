/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): Readonly<Record<string, JsonSchema>> =>
  isSchema(value) ? (value as Readonly<Record<string, JsonSchema>>) : {};
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What must stay as it is: a value that was written under it could otherwise be read as something else, or not at all. */
const FIXED = ['type', 'const', 'format', 'pattern', 'propertyNames', 'additionalProperties', '$ref'] as const;
/** Limits, and whether a larger number lets more values through. */
const LIMITS = [
  ['minimum', false],
  ['exclusiveMinimum', false],
  ['minLength', false],
  ['minItems', false],
  ['maximum', true],
  ['exclusiveMaximum', true],
  ['maxLength', true],
  ['maxItems', true],
] as const;

const limitFaults = (before: JsonSchema, after: JsonSchema, place: string): readonly string[] =>
  LIMITS.filter(([name, larger]) => {
    const [was, is] = [before[name], after[name]];
    if (typeof is !== 'number') return false;
    return typeof was !== 'number' || (larger ? is < was : is > was);
  }).map(([name]) => `${place}: ${name} lets less through than before`);

const objectFaults = (before: JsonSchema, after: JsonSchema, place: string): readonly string[] => {
  const [had, has] = [schemasIn(before['properties']), schemasIn(after['properties'])];
  const needless = listIn(before['required']);
  const demanded = listIn(after['required']).filter((name) => !needless.includes(name));
  return [
    ...demanded.map((name) => `${place}.${String(name)}: is demanded, and was not before`),
    ...Object.entries(had).flatMap(([name, schema]) => {
      const now = has[name];
      return now ? incompatibilities(schema, now, `${place}.${name}`) : [`${place}.${name}: is gone`];
    }),
  ];
};

const alternativesOf = (schema: JsonSchema): readonly JsonSchema[] =>
  [...listIn(schema['anyOf']), ...listIn(schema['oneOf'])].filter(isSchema);

/** Whether what was one schema is now one of several. */
const isOneOf = (before: JsonSchema, after: JsonSchema, place: string): boolean =>
  alternativesOf(before).length === 0 &&
  alternativesOf(after).some((alternative) => incompatibilities(before, alternative, place).length === 0);

const alternativeFaults = (before: JsonSchema, after: JsonSchema, place: string): readonly string[] => {
  const now = alternativesOf(after);
  return alternativesOf(before)
    .filter((was) => !now.some((is) => incompatibilities(was, is, place).length === 0))
    .map((was) => `${place}: no alternative takes ${JSON.stringify(was).slice(0, 80)} any more`);
};

/**
 * Why data that was written under one schema might not be read under another, each with its place; none where everything can.
 * Fields may be added if nobody has to give them, limits may be loosened, and values be added to an enumeration.
 */
export const incompatibilities = (before: JsonSchema, after: JsonSchema, place = 'data'): readonly string[] => {
  if (isOneOf(before, after, place)) return [];
  const changed = FIXED.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const taken = listIn(before['enum']).filter((value) => !listIn(after['enum']).includes(value));
  const items = isSchema(before['items']) && isSchema(after['items']);
  return [
    ...changed.map((name) => `${place}: ${name} is another than before`),
    ...(after['enum'] === undefined && before['enum'] === undefined
      ? []
      : taken.map((value) => `${place}: ${JSON.stringify(value)} is no value any more`)),
    ...(before['enum'] === undefined && after['enum'] !== undefined
      ? [`${place}: not every value is one any more`]
      : []),
    ...limitFaults(before, after, place),
    ...objectFaults(before, after, place),
    ...alternativeFaults(before, after, place),
    ...(items ? incompatibilities(before['items'] as JsonSchema, after['items'] as JsonSchema, `${place}[]`) : []),
  ];
};
