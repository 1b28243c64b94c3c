import { expect, it } from 'vitest';
import { changeLines, changesTold } from './change-lines.js';

const changes = [
  { path: 'rules.CT', kind: 'added', after: { name: 'CT' } },
  { path: 'rules.MR', kind: 'removed', before: { name: 'MR' } },
  { path: 'completion.quietPeriodSeconds', kind: 'changed', before: 60, after: 5 },
  { path: 'rules.US.condition', kind: 'changed', before: 'True', after: "@Modality@ ==\n 'US'" },
] as const;

it('shows what differs on both sides', () => {
  expect(changeLines(changes)).toEqual([
    '+ rules.CT  {"name":"CT"}',
    '- rules.MR  {"name":"MR"}',
    '~ completion.quietPeriodSeconds  60  →  5',
    `~ rules.US.condition  "True"  →  "@Modality@ ==\\n 'US'"`,
  ]);
});

it('names what differs, and counts the rest', () => {
  expect(changesTold(changes.slice(0, 2))).toBe('rules.CT added, rules.MR removed');
  expect(changesTold(changes)).toBe('rules.CT added, rules.MR removed, completion.quietPeriodSeconds changed, 1 more');
});
