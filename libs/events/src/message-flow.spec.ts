import { describe, expect, it } from 'vitest';
import { definitionOf } from './catalogue.js';
import { consumers, messageFlow } from './message-flow.js';

it('lists every consumer of the table', () => {
  expect(consumers).toEqual(Object.values(messageFlow));
});

it('gives every consumer a queue of its own', () => {
  const names = consumers.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(Object.entries(messageFlow))('%s', (key, { name, types, summary }) => {
  it('is named after its app and what it does, in the words of its key', () => {
    const [app, policy] = name.split('.');
    expect(app).toMatch(/^[a-z]+$/);
    expect(policy?.replaceAll(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase())).toBe(key);
  });

  it('listens to events that exist', () => {
    const unknown = (types as readonly string[]).filter((type) => type !== '#' && definitionOf(type) === undefined);
    expect(unknown).toEqual([]);
    expect(types.length).toBeGreaterThan(0);
  });

  it('says in one sentence why', () => {
    expect(summary).toMatch(/^[A-Z].*\.$/);
  });
});
