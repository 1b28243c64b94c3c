import { expect, it } from 'vitest';
import { assertSettingsTaken } from './assert-settings-taken.js';

const module = { name: 'nodules', settings: { threshold: 0.5 } };
const schema = {
  ...{ type: 'object', required: ['threshold'], additionalProperties: false },
  properties: { threshold: { type: 'number' }, organ: { type: 'string' } },
};
const taken =
  (settings: Readonly<Record<string, unknown>>, of = module) =>
  () =>
    assertSettingsTaken(of, settings, { settings: schema });

it('takes what the app takes, laid over the settings of the module', () => {
  expect(taken({})).not.toThrow();
  expect(taken({ organ: 'lung' })).not.toThrow();
  expect(taken({ threshold: 0.5 }, { ...module, settings: { threshold: NaN } })).not.toThrow();
});

it('names everything that the app does not take', () => {
  expect(taken({ threshold: 'x', organs: 1 })).toThrow(
    expect.objectContaining({
      code: 'job.settings-invalid',
      message: expect.stringMatching(
        /module 'nodules' does not take: .*threshold: .*organs: the app has no such/,
      ) as string,
    }),
  );
  expect(taken({}, { ...module, settings: {} as never })).toThrow(/threshold: /);
});

it('asks nothing of an app that says nothing of its settings', () => {
  expect(() => assertSettingsTaken(module, { threshold: 'x' }, {})).not.toThrow();
});
