import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { orphansAmong, queuesOf } from './queues-of.js';

const document = ConfigurationDocument.parse({
  modules: [
    { name: 'strict', kind: 'app', app: 'anonymizer', concurrency: 2 },
    { name: 'loose', kind: 'app', app: 'anonymizer', concurrency: 3 },
    { name: 'statistics', kind: 'app' },
    { name: 'lung', kind: 'container', image: 'lung:1', concurrency: 4 },
  ],
});

describe('The queues of jobs', () => {
  it('are one for each app, with what its modules allow together, and one for each container', () => {
    expect([...queuesOf(document, { takes: () => true })]).toEqual([
      ['module.anonymizer', 5],
      ['module.statistics', 1],
      ['module.lung', 4],
    ]);
  });

  it('are those that a runner takes', () => {
    const queues = queuesOf(document, { takes: ({ kind }) => kind === 'container' });
    expect([...queues.keys()]).toEqual(['module.lung']);
  });

  it('are orphans where nobody has configured their module', () => {
    expect(orphansAmong(['module.lung', 'module.gone', 'module.strict'], document)).toEqual([
      'module.gone',
      'module.strict',
    ]);
  });
});
