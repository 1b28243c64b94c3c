import { expect, it } from 'vitest';
import { tellChanges } from './tell-changes.js';

const changed = (path: string) => ({ path, kind: 'changed' as const });

it('tells what changed, by names', () => {
  expect(tellChanges([{ path: 'rules.CT', kind: 'added' }, changed('completion.quietPeriodSeconds')])).toBe(
    'rules.CT added, completion.quietPeriodSeconds changed',
  );
  expect(tellChanges([])).toBe('');
});

it('counts what would be too much to read', () => {
  expect(tellChanges(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(changed))).toBe(
    'a changed, b changed, c changed, d changed, e changed, 2 more',
  );
});
