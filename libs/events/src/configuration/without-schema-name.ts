const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A configuration without the `$schema` that a file may begin with, so that an editor knows what belongs into it. */
export const withoutSchemaName = (value: unknown): unknown => {
  if (!isRecord(value)) return value;
  const { $schema: _name, ...document } = value;
  return document;
};
