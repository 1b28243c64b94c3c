import { ProcessingModule } from '@waystation/events';
import { expect, it } from 'vitest';
import { moduleOf } from './module-of.js';

const parsed = (options: object) => ProcessingModule.parse(JSON.parse(JSON.stringify(moduleOf('lung', options))));

it.each([
  [{}, { name: 'lung', kind: 'app' }],
  [
    { app: 'anonymizer', settings: '{"dates": "removed"}' },
    { name: 'lung', kind: 'app', app: 'anonymizer', settings: { dates: 'removed' } },
  ],
  [
    { image: 'lung:1', contract: 'monai', memory: '8192', gpus: 'all', network: true, timeout: '60' },
    { name: 'lung', kind: 'container', image: 'lung:1', contract: 'monai', memoryMegabytes: 8192, gpus: 'all' },
  ],
  [
    { output: 'optional', attempts: '1', concurrency: '4' },
    { output: 'optional', concurrency: 4, retry: { attempts: 1 } },
  ],
])('understands %j', (options, module) => {
  expect(parsed(options)).toMatchObject(module);
});

it('says no more than the options do', () => {
  expect(parsed({ image: 'lung:1' })).toEqual(
    ProcessingModule.parse({ name: 'lung', kind: 'container', image: 'lung:1' }),
  );
});

it.each([
  [{ memory: '64' }, 'cli.only-of-containers'],
  [{ settings: '{' }, 'cli.no-json'],
])('refuses %j', (options, code) => {
  expect(() => moduleOf('lung', options)).toThrow(expect.objectContaining({ code }));
});

it('says nothing of an app that runs a container', () => {
  expect(() => parsed({ image: 'lung:1', app: 'lung' })).toThrow('app');
});
