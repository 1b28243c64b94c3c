import { ConfigurationDocument } from '@waystation/events';
import { expect, it } from 'vitest';
import { checkRetention } from './check-retention.js';

const rule = { name: 'CT', condition: 'True', action: 'route', targets: ['archive'] };
const problemsOf = (retention: object, more: object = {}) =>
  checkRetention(ConfigurationDocument.parse({ rules: [rule], retention, ...more })).map(
    ({ severity, path, problem }) => `${severity} ${path}: ${problem}`,
  );

it('Nothing is wrong with keeping everything for ever, or what was delivered for the shortest time', () => {
  expect(problemsOf({})).toEqual([]);
  expect(
    problemsOf({
      policies: [{ name: 'CT', rules: ['CT'], keep: {} }],
      keep: { deliveredDays: 7, undeliveredDays: 30, undecidedDays: 7, discardedDays: 0, derivedDays: 0.5 },
    }),
  ).toEqual([]);
});

it('A policy for a rule that is not there is refused, with what was probably meant', () => {
  expect(problemsOf({ policies: [{ name: 'MR', rules: ['CTT'], keep: {} }] })).toEqual([
    "error retention.policies.MR.rules: there is no rule 'CTT': did you mean 'CT'?",
  ]);
});

it('An AE title that is not listed is pointed out: what came to it may be kept still', () => {
  const applicationEntities = [{ aeTitle: 'RESEARCH' }];
  expect(
    problemsOf({ policies: [{ name: 'old', calledAeTitles: ['OLD'], keep: {} }] }, { applicationEntities }),
  ).toEqual(["warning retention.policies.old.calledAeTitles: there is no AE title of ours 'OLD'; known: RESEARCH"]);
});

it('A policy that another one stands before is refused where it can never hold', () => {
  const policies = [
    { name: 'all', keep: {} },
    { name: 'CT', rules: ['CT'], keep: {} },
  ];
  expect(problemsOf({ policies })).toEqual([
    "error retention.policies.CT: it never holds: 'all' stands before it and always fits",
  ]);
  expect(problemsOf({ policies: policies.toReversed() })).toEqual([]);
});

it('Whoever lets the only copy go first is warned', () => {
  expect(problemsOf({ keep: { deliveredDays: 30, undeliveredDays: 7 } })).toEqual([
    'warning retention.keep.undeliveredDays: what did not arrive is kept for 7 days, what did for 30 days: the only copy goes first',
  ]);
  expect(problemsOf({ keep: { undecidedDays: 1 } })).toEqual([
    'warning retention.keep.undecidedDays: what no rule wanted is kept for 1 days, what was delivered for ever: the only copy goes first',
  ]);
});

it.each([{ deliveredDays: -1 }, { deliveredDays: 36_501 }, { deliveredDays: 'forever' }, { days: 3 }])(
  'is no configuration: %j',
  (keep) => {
    expect(ConfigurationDocument.safeParse({ retention: { keep } }).success).toBe(false);
  },
);
