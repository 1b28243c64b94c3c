type Json = Readonly<Record<string, unknown>>;

/** What mercure keeps as a text in which JSON stands. */
const texts = ['additional_volumes', 'environment', 'docker_arguments'] as const;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document with the JSON that stands in texts of its modules as JSON, so that it can be told of item by item. */
export const openTexts = (document: Json): Json => {
  const { modules } = document;
  if (!isObject(modules)) return document;
  const opened = Object.entries(modules).map(([name, module]) => [name, isObject(module) ? open(module) : module]);
  return { ...document, modules: Object.fromEntries(opened) as unknown };
};

const open = (module: Json): Json =>
  Object.fromEntries(
    Object.entries(module).map(([key, value]) => [key, texts.some((one) => one === key) ? read(value) : value]),
  );

/** What is no JSON stays a text: mercure goes on without it. */
const read = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    const found: unknown = JSON.parse(value);
    return typeof found === 'object' && found !== null ? found : value;
  } catch {
    return value;
  }
};
