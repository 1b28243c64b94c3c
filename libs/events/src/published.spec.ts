import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, definitionOf } from './catalogue.js';
import { incompatibilities, type JsonSchema } from './incompatibilities.js';
import { jsonSchemaOf } from './json-schema-of.js';
import { upcasts } from './upcasts.js';

const folder = new URL('../schemas/', import.meta.url);
const published = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const schemaOf = (type: string) => JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')) as JsonSchema;

it('Every event has its schema published; npm run generate writes what is missing', () => {
  expect(catalogue.map(({ type }) => type as string).filter((type) => !published.includes(type))).toEqual([]);
});

describe.each(published)('What was published as %s', (type) => {
  const retired = upcasts.find(({ from }) => from.type === type)?.from;

  it('is read to this day, as it is or over an upcast', () => {
    const definition = definitionOf(type) ?? retired;
    expect(definition).toBeDefined();
    if (definition) expect(incompatibilities(schemaOf(type), jsonSchemaOf(definition))).toEqual([]);
  });

  it('is what is published now; after a compatible change npm run generate writes it', () => {
    const definition = definitionOf(type) ?? retired;
    expect(definition && JSON.parse(JSON.stringify(jsonSchemaOf(definition)))).toEqual(schemaOf(type));
  });
});
