import { ConfigurationDocument } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appsOf, checkSettings } from './check-settings.js';

const Settings = z.strictObject({
  threshold: z.number().min(0).max(1),
  mode: z.enum(['fast', 'exact']).default('fast'),
  secret: z.union([z.strictObject({ file: z.string() }), z.strictObject({ environment: z.string() })]).optional(),
  organs: z.array(z.strictObject({ name: z.string().min(1) })).optional(),
});
const schema = JSON.parse(JSON.stringify(z.toJSONSchema(Settings, { io: 'input' }))) as Record<string, never>;
const announced = new Map([['lung', { app: 'lung', version: '1', settings: schema }]]);

/** A module with settings, and a rule that uses it for each of the others. */
const documentOf = (settings: object, ...steps: readonly object[]) =>
  ConfigurationDocument.parse({
    modules: [{ kind: 'app', name: 'nodules', app: 'lung', settings }],
    rules: steps.map((own, index) => ({
      ...{ name: `R${index}`, condition: 'True', action: 'process' },
      processing: { steps: [{ module: 'nodules', settings: own }] },
    })),
  });
const told = (...asked: Parameters<typeof documentOf>) =>
  checkSettings(documentOf(...asked), announced).map(
    ({ severity, path, problem }) => `${severity} ${path}: ${problem}`,
  );

describe('settings of an app', () => {
  it.each<[string, readonly (string | RegExp)[], ...Parameters<typeof told>]>([
    ['that it takes', [], { threshold: 0.5 }, { mode: 'exact' }],
    ['that a rule completes', [], {}, { threshold: 0.5 }],
    ['that nobody completes, where no rule asks for it', [], {}],
    [
      'that are not there where a rule needs them',
      [/^error rules\.R1\.processing\.steps\.0\.settings\.threshold: .*number/],
      {},
      { threshold: 1 },
      {},
    ],
    [
      'of another kind',
      [/^error modules\.nodules\.settings\.mode: .*"fast"\|"exact"/],
      { threshold: 1, mode: 'slow' },
      {},
    ],
    [
      'that a rule spoils',
      [/^error rules\.R0\.processing\.steps\.0\.settings\.threshold: .*<=1/],
      { threshold: 1 },
      { threshold: 2 },
    ],
    ['that a rule mends', [/^error modules\.nodules\.settings\.threshold: .*<=1/], { threshold: 2 }, { threshold: 1 }],
    [
      'that it does not have',
      [/^error modules\.nodules\.settings\.treshold: the app has no such setting$/],
      { threshold: 1, treshold: 1 },
      {},
    ],
    [
      'deep inside',
      [/^error modules\.nodules\.settings\.organs\.1\.name: /],
      { threshold: 1, organs: [{ name: 'a' }, { name: '' }] },
    ],
    [
      'with a secret that is none',
      [/^error modules\.nodules\.settings\.secret\.file: /, /^error modules\.nodules\.settings\.secret: .*"files"/],
      { threshold: 1, secret: { files: 'x' } },
    ],
  ])('are looked at before they are in force: %s', (_what, problems, ...asked) => {
    const found = told(...asked);
    expect(found).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(found[index]).toMatch(problem);
  });

  it('are looked at where the result of a step decides what is done next, too', () => {
    const document = ConfigurationDocument.parse({
      modules: [{ kind: 'app', name: 'lung' }],
      rules: [
        {
          ...{ name: 'R', condition: 'True', action: 'process' },
          processing: {
            steps: [
              {
                module: 'lung',
                settings: { threshold: 1 },
                outcomes: [{ when: 'True', steps: [{ module: 'lung', settings: { threshold: 'x' } }] }],
              },
            ],
          },
        },
      ],
    });
    expect(checkSettings(document, announced).map(({ path }) => path)).toEqual([
      'rules.R.processing.steps.0.outcomes.0.steps.0.settings.threshold',
    ]);
  });

  it('are not looked at before the app was seen, and that is said', () => {
    const document = documentOf({ whatever: 1 }, {});
    expect(appsOf(document)).toEqual(['lung']);
    expect(checkSettings(document, new Map())).toEqual([
      {
        severity: 'warning',
        path: 'modules.nodules',
        problem: "the app 'lung' was not seen yet: its settings are not checked",
      },
    ]);
  });

  it('are left to the app where its schema says what nobody here understands', () => {
    const odd = new Map([
      ['lung', { app: 'lung', version: '1', settings: { type: 'object', not: { type: 'object' } } }],
    ]);
    expect(checkSettings(documentOf({ threshold: 9 }, {}), odd)).toEqual([]);
    expect(checkSettings(documentOf({}, {}), new Map([['lung', { app: 'lung', version: '1' }]]))).toEqual([]);
  });

  it('are refused here where the app refuses them, and only there', () => {
    const values = fc.record(
      {
        threshold: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), fc.string()),
        mode: fc.constantFrom('fast', 'exact', 'slow', 1),
        secret: fc.oneof(fc.record({ file: fc.string() }), fc.record({ environment: fc.string() }), fc.object()),
        organs: fc.array(fc.record({ name: fc.oneof(fc.string(), fc.integer()) })),
        other: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, values, (ofModule, ofStep) => {
        const [one, other] = [
          JSON.parse(JSON.stringify(ofModule)) as object,
          JSON.parse(JSON.stringify(ofStep)) as object,
        ];
        const isRefused = !Settings.safeParse({ ...one, ...other }).success;
        if (isRefused) expect(told(one, other)).not.toEqual([]);
        else expect(told(one, other).filter((problem) => problem.startsWith('error rules'))).toEqual([]);
      }),
    );
  });
});
