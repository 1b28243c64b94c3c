import { describe, expect, it } from 'vitest';
import { ConfigurationDocument } from './configuration-document.js';
import { configurationSchema } from './configuration-schema.js';
import { withoutSchemaName } from './without-schema-name.js';

describe('A file with a configuration', () => {
  it('may name its schema, which is no part of the configuration', () => {
    const file = { $schema: './configuration.schema.json', targets: [] };
    expect(ConfigurationDocument.parse(withoutSchemaName(file))).toEqual(ConfigurationDocument.parse({}));
    expect(file).toHaveProperty('$schema');
  });

  it.each([null, 7, 'text', []])('is not made of %j', (value) => {
    expect(withoutSchemaName(value)).toBe(value);
  });

  it('has a schema that knows every part, and asks for none', () => {
    const { properties, required, additionalProperties } = configurationSchema() as Record<string, object>;
    expect(Object.keys(properties ?? {})).toEqual(['$schema', ...Object.keys(ConfigurationDocument.shape)]);
    expect([required, additionalProperties]).toEqual([undefined, false]);
  });

  it('has no place for the value of a secret: what is called one is a reference, or a file', () => {
    const secrets: [path: string, schema: Record<string, unknown>][] = [];
    const visit = (schema: unknown, path: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [name, part] of Object.entries(schema)) {
        const isSecret = /password|passphrase|passcode|secret|token|credential|key$/i.test(name);
        if (path.endsWith('.properties') && isSecret)
          secrets.push([`${path}.${name}`, part as Record<string, unknown>]);
        visit(part, `${path}.${name}`);
      }
    };
    visit(configurationSchema(), '');
    expect(secrets.map(([path]) => path.split('.').at(-1))).toEqual(
      expect.arrayContaining(['bearerToken', 'password']),
    );
    for (const [path, { additionalProperties, ...schema }] of secrets.filter(([name]) => !name.endsWith('File'))) {
      // Of secrets by name, each is a reference.
      const { anyOf = [] } = (additionalProperties ?? schema) as { anyOf?: unknown };
      const kinds = (anyOf as { properties: object }[]).flatMap(({ properties }) => Object.keys(properties));
      expect([path, ...kinds]).toEqual([path, 'environment', 'file', 'vault']);
    }
  });
});
