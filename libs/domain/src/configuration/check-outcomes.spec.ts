import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { assertRemovable } from './assert-removable.js';
import { checkConfiguration } from './check-configuration.js';

const parts = {
  targets: [
    { kind: 'folder', name: 'archive', path: '/srv/archive' },
    { kind: 'dicom', name: 'console', host: 'ct1', port: 104, calledAeTitle: 'CT1' },
  ],
  modules: [
    { kind: 'app', name: 'segment' },
    { kind: 'app', name: 'measure' },
  ],
  senders: [{ aeTitle: 'CT1', target: 'console' }],
};
const documentOf = (outcome: object, processing: object = {}, rule: object = {}, more: object = {}) =>
  ConfigurationDocument.parse({
    ...parts,
    rules: [
      {
        ...{ name: 'CT', condition: "@Modality@ == 'CT'", action: 'both', targets: ['archive'] },
        processing: { steps: [{ module: 'segment', outcomes: [{ when: 'True', ...outcome }] }], ...processing },
        ...rule,
      },
    ],
    ...more,
  });
const told = (...asked: Parameters<typeof documentOf>): readonly string[] =>
  checkConfiguration(documentOf(...asked), ['Modality']).map(
    ({ severity, path, problem }) => `${severity} ${path}: ${problem.split('\n')[0] ?? ''}`,
  );
const place = 'error rules.CT.processing.steps.0.outcomes.0';

describe('what a result decides', () => {
  it.each<[string, readonly string[], ...Parameters<typeof told>]>([
    ['nothing that is wrong', [], { when: "result.status == 'partial'", targets: ['console'], steps: [] }],
    ['whatever the rule itself sends', [], { targets: ['archive'] }, {}, { targets: [] }],
    [
      'by what the objects say',
      [
        `${place}.when: a condition on a result looks at its values only, not at what the objects say — write result.nodules; what the objects say is asked in the rule's own condition (line 1, column 1)`,
      ],
      { when: "@Modality@ == 'CT'" },
    ],
    [
      'for a target that is not',
      [`${place}: there is no target 'arhive': did you mean 'archive'?`],
      { targets: ['arhive'] },
    ],
    [
      'for a module that is not',
      [`${place}: there is no module 'measur': did you mean 'measure'?`],
      { steps: [{ module: 'measur' }] },
    ],
    [
      'to discard, and to send',
      [`${place}: what discards sends nothing and does nothing more`],
      { discard: true, targets: ['archive'] },
    ],
    [
      'to send what the rule keeps',
      [`${place}: a rule that processes keeps what comes out; with the action both it sends it as well`],
      { targets: ['archive'] },
      {},
      { action: 'process', targets: [] },
    ],
    [
      'to return it to a target that is not',
      ["error rules.CT.processing.returnFailure: there is no target 'consol': did you mean 'console'?"],
      {},
      { returnFailure: { targets: ['consol'] } },
    ],
    [
      'with a sender whose target is not',
      ["error senders.CT2.target: there is no target 'consol': did you mean 'console'?"],
      {},
      {},
      {},
      { senders: [{ aeTitle: 'CT2', target: 'consol' }] },
    ],
    [
      "with a module that is called like one of Waystation's",
      ["error modules.failure-report: 'failure-report' is what Waystation calls a module of its own"],
      {},
      { steps: [{ module: 'failure-report' }] },
      {},
      { modules: [{ kind: 'app', name: 'failure-report' }] },
    ],
  ])('is looked at before it is in force: %s', (_what, problems, ...asked) => {
    expect(told(...asked)).toEqual(problems);
  });

  it('keeps what it names from being removed', () => {
    const document = documentOf({ targets: ['archive'], steps: [{ module: 'measure' }] }, {}, { targets: [] });
    expect(() => assertRemovable(document, 'target', 'archive')).toThrow("the rule 'CT' names it");
    expect(() => assertRemovable(document, 'module', 'measure')).toThrow("the rule 'CT' names it");
    expect(() => assertRemovable(document, 'target', 'console')).toThrow(
      'what is returned to the sender CT1 goes there',
    );
  });
});
