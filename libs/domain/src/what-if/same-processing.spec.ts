import { ConfigurationDocument } from '@waystation/events';
import { expect, it } from 'vitest';
import { isSameProcessing, isSameStudy } from './same-processing.js';

const documentOf = (rule: object = {}, module: object = {}, targets: readonly string[] = ['pacs']) =>
  ConfigurationDocument.parse({
    targets: targets.map((name) => ({ name, kind: 'folder', path: `/srv/${name}` })),
    modules: [{ name: 'lung', kind: 'app', ...module }],
    rules: [
      {
        ...{ name: 'CT', condition: 'True', action: 'both', targets: ['pacs'] },
        processing: { steps: [{ module: 'lung' }] },
        ...rule,
      },
    ],
  });
const same = (other: ConfigurationDocument, before = documentOf()) =>
  isSameProcessing({ document: before, rule: 'CT' }, { document: other, rule: 'CT' });

const dynamic = { processing: { steps: [{ module: 'lung' }], dynamicRouting: {} } };

it.each([
  ['another condition, priority or comment', documentOf({ condition: 'False', priority: 'urgent', comment: 'x' })],
  ['other hours and limits of the module', documentOf({}, { concurrency: 9, timeoutSeconds: 9, comment: 'x' })],
  ['a target more that the module may not name', documentOf({}, {}, ['pacs', 'other'])],
])('The same follows with %s', (_what, other) => {
  expect(same(other)).toBe(true);
});

it.each([
  ['another module', documentOf({ processing: { steps: [{ module: 'liver' }] } })],
  ['other settings', documentOf({}, { settings: { a: 1 } })],
  ['another target', documentOf({ targets: ['other'] }, {}, ['pacs', 'other'])],
  ['another action', documentOf({ action: 'process', targets: [] })],
  [
    'a condition on the result',
    documentOf({ processing: { steps: [{ module: 'lung', outcomes: [{ when: 'True' }] }] } }),
  ],
  ['nothing processed', documentOf({ action: 'route', processing: undefined })],
])('Something else may follow with %s', (_what, other) => {
  expect(same(other)).toBe(false);
});

it('A target more may be named by a module that says where its output goes', () => {
  expect(same(documentOf(dynamic), documentOf(dynamic))).toBe(true);
  expect(same(documentOf(dynamic, {}, ['pacs', 'other']), documentOf(dynamic))).toBe(false);
});

it('Studies are the same where a rule waits for the same', () => {
  const waiting = (changes: object = {}) => ({
    document: documentOf({ trigger: 'study', study: { quietPeriodSeconds: 60 }, ...changes }),
    rule: 'CT',
  });
  expect(isSameStudy(waiting(), waiting({ targets: [], action: 'process' }))).toBe(true);
  expect(isSameStudy(waiting(), waiting({ study: { quietPeriodSeconds: 61 } }))).toBe(false);
  expect(isSameStudy(waiting({ trigger: 'series' }), waiting({ trigger: 'series' }))).toBe(false);
});
