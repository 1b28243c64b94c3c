import { Rule } from '@waystation/events';
import { expect, it } from 'vitest';
import { ruleOf } from './rule-of.js';

const parsed = (options: object) => Rule.parse(JSON.parse(JSON.stringify(ruleOf('CT', { when: 'True', ...options }))));

it('says no more than the options do', () => {
  expect(parsed({ to: ['pacs'] })).toEqual(
    Rule.parse({ name: 'CT', condition: 'True', action: 'route', targets: ['pacs'] }),
  );
});

it.each([
  [{ discard: true }, { action: 'discard', targets: [] }],
  [
    { tell: ['pager'], tellOn: ['error'] },
    { action: 'notify', notifications: [{ channels: ['pager'], on: ['error'] }] },
  ],
  [
    { to: ['pacs'], tell: ['pager'] },
    { action: 'route', notifications: [{ channels: ['pager'] }] },
  ],
  [{ process: ['anonymizer'] }, { action: 'process', targets: [], processing: { steps: [{ module: 'anonymizer' }] } }],
  [
    { process: ['anonymizer', 'lung'], to: ['pacs'], originals: true },
    {
      ...{ action: 'both', targets: ['pacs'] },
      processing: { steps: [{ module: 'anonymizer' }, { module: 'lung' }], originals: true },
    },
  ],
  [
    { to: ['pacs'], calledAe: ['A', 'B'], priority: 'urgent', late: 'whole', quietPeriod: '5' },
    { calledAeTitles: ['A', 'B'], priority: 'urgent', late: 'whole', quietPeriodSeconds: 5 },
  ],
  [
    { to: ['pacs'], study: true, ordered: true },
    { trigger: 'study', ordered: true },
  ],
  [
    { to: ['pacs'], study: true, studySeries: "'t1'", forceAfter: '60', force: 'discard', studyQuietPeriod: '9' },
    { study: { series: "'t1'", forceAfterSeconds: 60, force: 'discard', quietPeriodSeconds: 9 } },
  ],
  [
    { process: ['lung'], discard: true },
    { action: 'discard', processing: { steps: [{ module: 'lung' }] } },
  ],
  // Refused later, with a sentence: nothing that was said is dropped.
  [
    { to: ['pacs'], force: 'ignore' },
    { trigger: 'series', study: { force: 'ignore' } },
  ],
])('understands %j', (options, rule) => {
  expect(parsed(options)).toMatchObject(rule);
});
