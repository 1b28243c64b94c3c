import * as events from '@waystation/events';
import { catalogue, messageFlow } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { isSpec, projects, sourcesOf } from './workspace.js';

const apps = projects.filter(({ layer }) => layer === 'app');
const production = projects
  .filter(({ folder, layer }) => folder !== 'libs/events' && layer !== 'testing')
  .flatMap(sourcesOf)
  .filter((file) => !isSpec(file));
const exportedAs = new Map<unknown, string>(Object.entries(events).map(([name, value]) => [value, name]));

describe.each(catalogue.map((definition) => [definition.type, definition] as const))('%s', (_type, definition) => {
  it('is part of the public face of the catalogue', () => {
    expect(exportedAs.get(definition)).toBeDefined();
  });

  it('is written by somebody', () => {
    const writes = new RegExp(`\\b${exportedAs.get(definition) ?? 'undefined'}\\.of\\(`);
    expect(production.filter(({ text }) => writes.test(text)).map(({ path }) => path)).not.toEqual([]);
  });

  it('names an app as its producer', () => {
    expect(apps.map(({ folder }) => folder)).toContain(`apps/${definition.producer}`);
  });
});

describe.each(Object.entries(messageFlow))('%s', (key, { name }) => {
  it('has one handler, in the app that it is named after', () => {
    const listens = new RegExp(`\\bOnEvent\\(\\s*messageFlow\\.${key}\\s*\\)`);
    const handlers = production.filter(({ text }) => listens.test(text)).map(({ project }) => project.folder);
    expect(handlers).toEqual([`apps/${name.split('.', 1)[0] ?? ''}`]);
  });
});

it('no app listens past the message flow', () => {
  const listeners = production.flatMap(({ path, text, project }) =>
    project.layer === 'app'
      ? [...text.matchAll(/\bOnEvent\(([^)]*)\)/g)].map(([, consumer = '']) => ({ path, consumer: consumer.trim() }))
      : [],
  );
  const declared = Object.keys(messageFlow).map((key) => `messageFlow.${key}`);
  expect(listeners.filter(({ consumer }) => !declared.includes(consumer))).toEqual([]);
});
