import { expect, it } from 'vitest';
import { Subscription } from './subscription.js';

const problemsOf = (change: object): readonly string[] =>
  Subscription.safeParse({ name: 'ris', url: 'https://ris.hospital.example/events', ...change }).error?.issues.map(
    ({ path }) => path.join('.'),
  ) ?? [];

it('is a name and a URL; everything else has a default', () => {
  expect(Subscription.parse({ name: 'ris', url: 'http://10.0.0.7:8080/events' })).toEqual({
    name: 'ris',
    url: 'http://10.0.0.7:8080/events',
    types: ['*'],
    streams: ['*'],
    from: 'now',
    timeoutSeconds: 10,
    retry: { firstDelaySeconds: 1, longestDelaySeconds: 300 },
    disabled: false,
  });
});

it.each([
  'file:///etc/passwd',
  'ftp://ris/events',
  'gopher://ris',
  'javascript:alert(1)',
  'ris/events',
  'https://user:secret@ris/events',
  'https://user@ris/events',
  'https://ris/events#here',
])('is refused with the URL %s', (url) => {
  expect(problemsOf({ url })).toContain('url');
});

it.each([
  ['types', { types: [] }],
  ['types.0', { types: ['series.*.v1'] }],
  ['streams.0', { streams: ['a b'] }],
  ['secretFile', { secretFile: 'secret' }],
  ['timeoutSeconds', { timeoutSeconds: 0 }],
  ['batch.max', { batch: { max: 1001 } }],
  ['batch.waitMs', { batch: { max: 10, waitMs: -1 } }],
])('names what is wrong: %s', (path, change) => {
  expect(problemsOf(change)).toEqual([path]);
});
