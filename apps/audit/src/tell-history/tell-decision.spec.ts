import type { SeriesRouted } from '@waystation/events';
import { exampleSeries } from '@waystation/testing';
import { expect, it } from 'vitest';
import { tellDecision } from './tell-decision.js';

const tell = (changes: Partial<SeriesRouted['data']>): string => tellDecision(exampleSeries.routed(1, changes).data);
const delivery = { delivery: 'd', target: 'archive', rules: ['CT'] };
const verdict = { rule: 'CT', verdict: 'matched' as const, condition: 'True', because: '', observations: [] };

it('A decision is told with where the series goes, and what of it', () => {
  const deliveries = [
    delivery,
    { ...delivery, target: 'research', sopInstanceUids: ['1.2', '1.3'] },
    { ...delivery, target: 'second', whole: true as const },
  ];
  const decided = { outcome: 'routed' as const, verdicts: [verdict, { ...verdict, verdict: 'failed' as const }] };
  expect(tell({ ...decided, deliveries, withoutObjects: ['third'], studyRules: ['Head'] })).toBe(
    "routed by configuration 1: 1 of 2 rules matched, to archive, 2 of its objects to research, all of it to second, no object for third, with its study by 'Head'",
  );
});

it('A decision that no rule was asked for is told with the reason', () => {
  expect(tell({ outcome: 'undecided', reason: 'nobody listed it' })).toBe(
    'undecided by configuration 1: nobody listed it',
  );
});
