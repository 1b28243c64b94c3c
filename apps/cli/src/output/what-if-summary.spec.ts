import type { WhatIfSummary } from '@waystation/answers';
import { expect, it } from 'vitest';
import { whatIfSummary } from './what-if-summary.js';

const none: WhatIfSummary = {
  from: 1,
  to: 900,
  decisions: 3,
  same: 3,
  different: 0,
  unknown: { forgotten: 0, notRead: 0, names: [] },
  outcomes: {},
  targets: {},
  rules: {},
  jobs: {
    ...{ decisions: 0, same: 0, different: 0, outcomes: {}, targets: {} },
    unknown: { forgotten: 0, undecided: 0, runs: {} },
  },
};

it('says that nothing would differ', () => {
  expect(whatIfSummary(none, 0)).toEqual(['none of 3 decisions would differ (positions 1 to 900)']);
});

it('says that there is nothing to compare', () => {
  expect(whatIfSummary({ ...none, from: 901, decisions: 0, same: 0 }, 0)).toEqual([
    'nothing was decided then: there is nothing to compare',
  ]);
});

it('counts what would, and what cannot be told', () => {
  const some: WhatIfSummary = {
    ...none,
    decisions: 9,
    different: 3,
    unknown: { forgotten: 1, notRead: 2, names: ['0018,9073'] },
    outcomes: { 'routed → discarded': 2 },
    targets: { pacs: { more: 0, fewer: 2 }, export: { more: 1, fewer: 0 } },
    rules: { CT: 3 },
  };
  expect(whatIfSummary(some, 1)).toEqual([
    '3 of 9 decisions would differ (positions 1 to 900); 2 more than are told here',
    '  routed → discarded: 2',
    '  to pacs: 0 more, 2 fewer',
    '  to export: 1 more, 0 fewer',
    '  by CT: 3',
    'of 1 nobody knows any more who the patient is, which these rules ask',
    'of 2 nobody knows what these rules ask, because it was not read from objects then: 0018,9073',
  ]);
});

it('counts jobs apart, and says what nobody knows of them', () => {
  const jobs = {
    ...{ decisions: 7, same: 2, different: 1, outcomes: { 'routed → discarded': 1 } },
    ...{ targets: { pacs: { more: 0, fewer: 1 } }, unknown: { forgotten: 1, undecided: 1, runs: { lung: 2 } } },
  };
  expect(whatIfSummary({ ...none, jobs }, 0)).toEqual([
    'none of 3 decisions would differ (positions 1 to 900); 1 more than are told here',
    'of 1 of 7 jobs something else would follow, by what they found',
    '  routed → discarded: 1',
    '  to pacs: 0 more, 1 fewer',
    '  2 would run lung; what it finds is not known',
    '  of 1 nobody knows any more what was found: the patient is forgotten',
    '  of 1 nobody knows whether they would have been requested',
  ]);
});
