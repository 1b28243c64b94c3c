import { ConfigurationDocument } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { assertRemovable } from './assert-removable.js';

const rule = { condition: 'True', action: 'route' };
const document = ConfigurationDocument.parse({
  rules: [
    { ...rule, name: 'CT', targets: ['archive'] },
    { ...rule, name: 'MR', targets: [{ target: 'archive', instances: 'True' }], disabled: true },
    {
      ...rule,
      name: 'SEG',
      action: 'both',
      processing: { steps: [{ module: 'segment' }], dynamicRouting: { targets: ['ai'] } },
    },
    { ...rule, name: 'US', targets: ['research'], notifications: [{ channels: ['pager'] }] },
  ],
});

describe('What rules name', () => {
  it.each([
    [
      'target',
      'archive',
      "the target 'archive' stays: the rules 'CT', 'MR' name it; change those rules first, or both in one document",
    ],
    [
      'channel',
      'pager',
      "the channel 'pager' stays: the rule 'US' names it; change that rule first, or both in one document",
    ],
    ['target', 'ai', "the target 'ai' stays: the rule 'SEG' names it; change that rule first, or both in one document"],
    [
      'module',
      'segment',
      "the module 'segment' stays: the rule 'SEG' names it; change that rule first, or both in one document",
    ],
  ] as const)('stays: the %s %s', (kind, name, message) => {
    expect(() => assertRemovable(document, kind, name)).toThrow(
      expect.objectContaining({ code: `configuration.${kind}-in-use`, message }),
    );
  });

  it('is taken away where they name it no more', () => {
    assertRemovable(document, 'target', 'pager');
    assertRemovable(document, 'channel', 'archive');
  });
});
