import { expect, it } from 'vitest';
import { tellFindings } from './tell-findings.js';

it.each([
  [{ instances: '3', KVP: '110 to 130' }, 'instances = 3; KVP = 110 to 130'],
  [{ note: 'two\r\nlines\u001B[2J' }, 'note = two lines [2J'],
  ['(forgotten)' as const, '(forgotten)'],
])('%j is told as %s', (findings, line) => {
  expect(tellFindings(findings)).toBe(line);
});

it('is one line of a length that can be read', () => {
  expect(tellFindings({ note: 'x'.repeat(4000) })).toHaveLength(1001);
});
