import { expect, it } from 'vitest';
import { importPage } from './import-page.js';

it('shows first what needs a look, values of which the same is said together, and the place in a condition', () => {
  expect(
    importPage([
      { path: 'retry_max', outcome: 'taken', reason: 'the retry of every target makes 5 attempts' },
      { path: 'targets.xnat.host', outcome: 'not-taken', reason: 'no such targets' },
      { path: 'targets.xnat.user', outcome: 'not-taken', reason: 'no such targets' },
      { path: 'rules.CT.rule', outcome: 'not-taken', reason: 'no comparison\n  a = b\n    ^' },
      { path: 'rules.Köpfe\u001b[2J', outcome: 'changed', reason: "it is called 'Koepfe' here" },
    ]),
  ).toEqual([
    'NOT TAKEN (3)',
    '  targets.xnat.{host, user}: no such targets',
    '  rules.CT.rule: no comparison',
    '      a = b',
    '        ^',
    '',
    'TAKEN WITH A CHANGE (1)',
    "  rules.Köpfe·[2J: it is called 'Koepfe' here",
    '',
    'TAKEN (1)',
    '  retry_max: the retry of every target makes 5 attempts',
    '',
  ]);
});
