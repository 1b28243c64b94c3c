import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSettings } from '@waystation/configuration';
import { catalogue, configurationSchema, consumers } from '@waystation/events';
import { rabbitmqDefinitions, renderAsyncApi, renderMessageFlow, topologyOf } from '@waystation/messaging';
import { describe, expect, it } from 'vitest';
import { repository } from '../harness/repository.js';

const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };

describe('The generated documents', () => {
  it.each([
    ['docs/message-flow.md', () => renderMessageFlow(catalogue, consumers)],
    ['docs/settings.md', () => describeSettings()],
    ['docs/configuration.schema.json', () => configurationSchema()],
    ['docs/asyncapi.json', () => renderAsyncApi(catalogue, consumers, version)],
    ['deploy/rabbitmq/definitions.json', () => rabbitmqDefinitions(topologyOf(consumers))],
  ])('%s is what npm run generate writes', (path, render) => {
    const text = readFileSync(join(repository, path), 'utf8');
    const wanted: unknown = render();
    if (typeof wanted === 'string') expect(text).toBe(wanted);
    else expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(wanted)));
  });
});
