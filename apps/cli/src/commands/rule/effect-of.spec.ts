import { Rule } from '@waystation/events';
import { expect, it } from 'vitest';
import { effectOf } from './effect-of.js';

const effect = (rule: object): string =>
  effectOf(Rule.parse({ name: 'CT', condition: 'True', action: 'route', targets: ['pacs'], ...rule }));

it.each([
  [{}, 'to pacs'],
  [{ action: 'both', processing: { steps: [{ module: 'a' }, { module: 'b' }] } }, 'through a, b; to pacs'],
  [{ action: 'discard', targets: [], disabled: true }, 'discard; disabled'],
  [
    { action: 'notify', targets: [], notifications: [{ channels: ['a', 'b'] }, { channels: ['a'] }] },
    'notify; tells a, b',
  ],
  [{ targets: ['pacs', { target: 'ai', instances: 'True' }], fallback: true }, 'to pacs, ai (some objects); fallback'],
  [
    { trigger: 'study', ordered: true, priority: 'urgent', late: 'whole', calledAeTitles: ['RESEARCH'] },
    'to pacs; for the study, in order; urgent; whole again when late; called RESEARCH',
  ],
])('tells what the rule %j does', (rule, told) => {
  expect(effect(rule)).toBe(told);
});
