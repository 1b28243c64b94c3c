import { ConfigurationDocument, JobRouted, type Facts } from '@waystation/events';
import { exampleJob, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobDecider } from '../job/job-decider.js';
import type { KnownJob } from '../job/job-state.js';
import { firstStepOf, processes } from '../job/planned-steps.js';
import { nextJobRequestedBy } from '../job/requested-by-job.js';
import { decideJobAgain, type PastJob } from './decide-job-again.js';

const name = 'CT to research';
const outputs = { instances: 2, digest: 'd1'.repeat(32) };
const positive = { when: 'number(result.nodules) > 0', targets: ['archive'], originals: true };

/** A rule that has a series anonymized. */
const documentOf = (step: object = {}, rule: object = {}, modules: readonly object[] = []) =>
  ConfigurationDocument.parse({
    targets: ['research', 'archive'].map((target) => ({ name: target, kind: 'folder', path: `/srv/${target}` })),
    modules: [{ name: 'anonymizer', kind: 'app' }, { name: 'nodules', kind: 'app' }, ...modules],
    rules: [
      {
        ...{ name, condition: 'True', action: 'both', targets: ['research'] },
        processing: { steps: [{ module: 'anonymizer', ...step }] },
        ...rule,
      },
    ],
  });

/** What happened to a job that found this, as it was requested. */
const decided = (request: object, document: ConfigurationDocument, findings: Facts): PastJob => {
  const events = [exampleJob.requested(request), exampleJob.started(1), exampleJob.succeeded(1, { outputs })];
  const targets = document.targets.map((target) => target.name);
  const told = given(jobDecider, events).when({ kind: 'route-job', targets, found: { attempt: 1, findings } });
  const [routed] = told.events;
  if (routed?.type !== JobRouted.type) throw new Error('the job was routed');
  const { routed: _after, ...before } = told.state as KnownJob;
  return { routed: routed.data, job: { ...before, routed: [] }, findings, document };
};

/** The steps of a rule, each of which found this, up to where nothing follows any more. */
const pastOf = (document: ConfigurationDocument, ...found: readonly Facts[]): readonly PastJob[] => {
  const [rule] = document.rules;
  if (rule === undefined || !processes(rule)) throw new Error('the rule processes');
  const steps: PastJob[] = [];
  let request: object | undefined = firstStepOf(rule, document, []);
  for (const findings of found) {
    if (request === undefined) break;
    const past: PastJob = decided(request, document, findings);
    steps.push(past);
    request = nextJobRequestedBy(past.job, past.routed)?.data;
  }
  return steps;
};

const again = (before: ConfigurationDocument, after: ConfigurationDocument, ...found: readonly Facts[]) =>
  decideJobAgain(pastOf(before, ...found), name, after);

describe('What follows from a job, decided again by what it found', () => {
  it('is another target where a condition holds that nobody asked then', () => {
    const after = documentOf({ outcomes: [positive] });
    expect(again(documentOf(), after, { nodules: '0' })).toBe('same');
    expect(again(documentOf(), after, { nodules: '3' })).toEqual({
      was: { outcome: 'routed', targets: [{ target: 'research', brings: 'output' }] },
      would: {
        outcome: 'routed',
        targets: [
          { target: 'archive', brings: 'original' },
          { target: 'archive', brings: 'output' },
        ],
      },
      because: { was: 'as the rule says', would: expect.stringContaining('number(result.nodules) > 0 is true') },
    });
  });

  it('is what the rule says where a condition is no more, and whom it tells', () => {
    const before = documentOf({ outcomes: [{ when: "result.status == 'success'", discard: true }] });
    expect(again(before, documentOf(), {})).toMatchObject({
      was: { outcome: 'discarded', targets: [] },
      would: { outcome: 'routed', targets: [{ target: 'research' }] },
    });
    const telling = documentOf({ outcomes: [{ when: "result.status == 'success'", notify: true }] });
    expect(again(documentOf(), telling, {})).toMatchObject({ would: { notify: true } });
  });

  it('may be a module that did not run', () => {
    const after = documentOf({ outcomes: [{ when: "result.quality == 'poor'", steps: [{ module: 'nodules' }] }] });
    expect(again(documentOf(), after, { quality: 'poor' })).toMatchObject({
      would: { outcome: 'next-step', targets: [], next: 'nodules' },
    });
  });

  it('is not known where another module would have run, or the same with other settings', () => {
    const runs = { runs: 'anonymizer' };
    expect(again(documentOf(), documentOf({ module: 'nodules' }), {})).toEqual({ runs: 'nodules' });
    expect(again(documentOf(), documentOf({ settings: { dates: 'removed' } }), {})).toEqual(runs);
    const others = { ...documentOf(), modules: documentOf().modules.map((one) => ({ ...one, settings: { a: 1 } })) };
    expect(again(documentOf(), others, {})).toEqual(runs);
    const slower = { ...documentOf(), modules: documentOf().modules.map((one) => ({ ...one, timeoutSeconds: 9 })) };
    expect(again(documentOf(), slower, {})).toBe('same');
  });

  it('is asked of a later step only where all before it lead there', () => {
    const steps = (first: object = {}, second: object = {}) =>
      documentOf(
        {},
        {
          processing: {
            steps: [
              { module: 'anonymizer', ...first },
              { module: 'nodules', ...second },
            ],
          },
        },
      );
    expect(again(steps(), steps({}, { outcomes: [positive] }), {}, { nodules: '1' })).toMatchObject({
      was: { targets: [{ target: 'research' }] },
      would: { outcome: 'routed', targets: [{ target: 'archive' }, { target: 'archive' }] },
    });
    const ended = steps({ outcomes: [{ when: 'True', discard: true }] });
    expect(again(steps(), ended, {}, {})).toBe('not-requested');
    expect(again(steps(), steps({}, { settings: { a: 1 } }), {}, {})).toEqual({ runs: 'nodules' });
    expect(again(steps(), documentOf(), {}, {})).toBe('not-requested');
  });

  it('is nothing where no rule has it processed', () => {
    expect(again(documentOf(), documentOf({}, { action: 'route', processing: undefined }), {})).toBe('not-requested');
    expect(decideJobAgain(pastOf(documentOf(), {}), 'another', documentOf())).toBe('not-requested');
  });

  it('is the same by the same conditions, whatever they are and whatever was found', () => {
    const when = fc.constantFrom('True', 'number(result.nodules) > 0', "result.status == 'success'", "result.a == 'b'");
    const outcome = fc
      .record({ when, targets: fc.subarray(['research', 'archive']), originals: fc.boolean(), discard: fc.boolean() })
      .map(({ discard, ...rest }) => (discard ? { when: rest.when, discard: true } : rest));
    const findings = fc.dictionary(fc.constantFrom('nodules', 'a'), fc.constantFrom('0', '2', 'b'), { maxKeys: 2 });
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 4 }), findings, (outcomes, found) => {
        expect(again(documentOf({ outcomes }), documentOf({ outcomes }), found)).toBe('same');
      }),
    );
  });
});
