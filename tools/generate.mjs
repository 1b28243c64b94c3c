#!/usr/bin/env node
// Writes the documents that follow from the code. `--check` only compares, and fails where one is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

if (process.argv.includes('--help')) {
  console.log('usage: npm run generate [-- --check]\n\nexample: npm run generate -- --check');
  process.exit(0);
}

const { catalogue, configurationSchema, consumers, incompatibilities, jsonSchemaOf } =
  await import('../libs/events/dist/index.js');
const { rabbitmqDefinitions, renderAsyncApi, renderMessageFlow, topologyOf } =
  await import('../libs/messaging/dist/index.js');
const { describeSettings } = await import('../libs/configuration/dist/index.js');
const { renderStatement } = await import('./conformance/render-statement.mjs');

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const documents = {
  'docs/message-flow.md': renderMessageFlow(catalogue, consumers),
  'docs/asyncapi.json': json(renderAsyncApi(catalogue, consumers, version)),
  'docs/configuration.schema.json': json(configurationSchema()),
  'docs/settings.md': describeSettings(),
  'docs/dicom-conformance.md': renderStatement(),
  'deploy/rabbitmq/definitions.json': json(rabbitmqDefinitions(topologyOf(consumers))),
};

// What was published is a promise: the log holds such events for good.
const broken = [];
for (const event of catalogue) {
  const path = `libs/events/schemas/${event.type}.json`;
  const schema = jsonSchemaOf(event);
  const file = new URL(`../${path}`, import.meta.url);
  const faults = existsSync(file) ? incompatibilities(JSON.parse(readFileSync(file, 'utf8')), schema) : [];
  if (faults.length === 0) documents[path] = json(schema);
  else broken.push(`${event.type} can no longer read what was published; declare the next version:`, ...faults);
}
if (broken.length > 0) {
  console.error(broken.join('\n  '));
  process.exit(1);
}

const outdated = [];
for (const [path, wanted] of Object.entries(documents)) {
  const file = new URL(`../${path}`, import.meta.url);
  let current = '';
  try {
    current = readFileSync(file, 'utf8');
  } catch {
    // Not there yet.
  }
  if (current === wanted) continue;
  outdated.push(path);
  if (process.argv.includes('--check')) continue;
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, wanted);
}

const verb = process.argv.includes('--check') ? 'out of date: run npm run generate' : 'written';
console.log(outdated.length === 0 ? 'up to date' : `${verb}: ${outdated.join(', ')}`);
process.exit(process.argv.includes('--check') && outdated.length > 0 ? 1 : 0);
