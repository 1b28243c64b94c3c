import { JobRouted, type JobPlan, type JobSucceeded, type PlannedOutcome } from '@waystation/events';
import { exampleJob, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jobDecider } from './job-decider.js';
import type { JobEvent } from './job-event.js';
import type { KnownJob } from './job-state.js';
import { jobsAfter, nextJobRequestedBy } from './requested-by-job.js';

const j = exampleJob;
const outputs = { instances: 2, digest: 'd1'.repeat(32) };
const targets = ['research', 'archive', 'other'];
const positive: PlannedOutcome = { when: 'number(result.nodules) > 0', targets: ['archive'], originals: true };
const dirty: PlannedOutcome = { when: "result.status == 'failed'", discard: true };

interface Told {
  readonly outcomes?: readonly PlannedOutcome[];
  readonly plan?: Partial<JobPlan>;
  readonly findings?: Readonly<Record<string, string>>;
  readonly success?: Partial<JobSucceeded['data']>;
  readonly over?: JobEvent;
}

/** What is decided of a job that is over. */
const routed = ({ outcomes = [dirty, positive], plan, findings = {}, success, over }: Told) => {
  const request = j.requested({ plan: { ...j.plan, ...plan }, outcomes: [...outcomes] });
  const told = given(jobDecider, [request, j.started(1), over ?? j.succeeded(1, { outputs, ...success })]).when({
    ...{ kind: 'route-job', targets, found: { attempt: 1, findings } },
  });
  const [first] = told.events;
  if (first?.type !== JobRouted.type) throw new Error(`expected a decision, got ${first?.type ?? 'nothing'}`);
  expect(JobRouted.schema.safeParse(first.data).error).toBeUndefined();
  return { decision: first.data, state: told.state as KnownJob };
};
const targetsOf = ({ deliveries }: JobRouted['data']) => deliveries.map(({ target, brings }) => [target, brings.kind]);

describe('what a module found', () => {
  it('decides where its output and what came in go, and the decision says why', () => {
    const { decision } = routed({ findings: { nodules: '3' } });
    expect(targetsOf(decision)).toEqual([
      ['archive', 'output'],
      ['archive', 'original'],
    ]);
    expect(decision.because).toBe('as the rule says where number(result.nodules) > 0 is true (•••)');
    expect(decision.outcomes?.map(({ verdict }) => verdict)).toEqual(['not-matched', 'matched']);
    expect(JSON.stringify(decision)).not.toContain("'3'");
  });

  it('leaves it as the rule says where no condition holds, and says which were asked', () => {
    const { decision } = routed({ findings: { nodules: '0' } });
    expect(targetsOf(decision)).toEqual([['research', 'output']]);
    expect(decision.outcomes).toHaveLength(2);
  });

  it('may have the output go nowhere', () => {
    expect(routed({ success: { status: 'failed' } }).decision).toMatchObject({ outcome: 'discarded', deliveries: [] });
    const kept = { when: "result.status == 'success'", targets: [] };
    expect(routed({ outcomes: [kept] }).decision).toMatchObject({ outcome: 'kept', deliveries: [] });
  });

  it('may have somebody told, whatever goes where', () => {
    const told = { when: "result.status == 'success'", notify: true as const };
    expect(routed({ outcomes: [told] }).decision).toMatchObject({ notify: true, deliveries: [{ target: 'research' }] });
    expect(routed({ outcomes: [{ ...told, discard: true }] }).decision).toMatchObject({
      outcome: 'discarded',
      notify: true,
    });
    expect(routed({ outcomes: [told], success: { status: 'failed' } }).decision).not.toHaveProperty('notify');
  });

  it('may be partial', () => {
    const partial = { when: "result.status == 'partial'", targets: ['other'] };
    expect(targetsOf(routed({ outcomes: [partial], success: { status: 'partial' } }).decision)).toEqual([
      ['other', 'output'],
    ]);
    expect(targetsOf(routed({ outcomes: [partial] }).decision)).toEqual([['research', 'output']]);
  });

  it('decides what is done next, also where other steps were planned, and the rest of the plan goes along', () => {
    const steps = [{ module: 'segment', settings: { fine: true } }];
    const outcome = { when: 'number(result.nodules) > 0', steps, targets: ['archive'] };
    const planned = { steps: [{ module: 'report', settings: {} }] };
    const { decision, state } = routed({ outcomes: [outcome], plan: planned, findings: { nodules: '1' } });
    expect(decision).toMatchObject({ outcome: 'next-step', because: expect.stringMatching(/'segment'.*nodules/) });
    const next = nextJobRequestedBy(state, decision)?.data;
    expect(next).toMatchObject({
      module: 'segment',
      settings: { fine: true },
      plan: { steps: [], targets: ['archive'] },
    });
    expect(next).not.toHaveProperty('outcomes');
    expect(jobsAfter(state)).toEqual([{ job: decision.next, module: 'segment' }]);
    const none = routed({ outcomes: [{ when: 'True', steps: [] }], plan: planned }).decision;
    expect(none).toMatchObject({ outcome: 'routed' });
  });

  it('outweighs what the module wishes where it names targets, and only there', () => {
    const wish = { routing: { targets: ['other'] } };
    const plan = { dynamicRouting: { targets: [] } };
    const named = { when: 'True', targets: ['archive'] };
    expect(targetsOf(routed({ outcomes: [named], plan, success: wish }).decision)[0]?.[0]).toBe('archive');
    expect(targetsOf(routed({ outcomes: [{ when: 'True' }], plan, success: wish }).decision)[0]?.[0]).toBe('other');
  });

  it('of another attempt decides nothing', () => {
    const request = j.requested({ outcomes: [positive] });
    given(jobDecider, [request, j.started(1), j.succeeded(1, { outputs })])
      .when({ kind: 'route-job', targets, found: { attempt: 2, findings: {} } })
      .then([]);
  });

  it('decides the same each time it is asked, and at most one condition holds', () => {
    const outcome = fc.record({
      when: fc.constantFrom('True', "result.status == 'success'", 'number(result.a) > 1', "result.a == '1'", 'result.'),
      targets: fc.option(fc.subarray(targets), { nil: undefined }),
      originals: fc.option(fc.boolean(), { nil: undefined }),
      discard: fc.constantFrom(undefined, true as const),
    });
    const findings = fc.dictionary(fc.constantFrom('a', 'b', 'status'), fc.constantFrom('1', '2', 'x'));
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 4 }), findings, (asked, found) => {
        const outcomes = JSON.parse(JSON.stringify(asked)) as PlannedOutcome[];
        const { decision } = routed({ outcomes, findings: found });
        expect(routed({ outcomes, findings: found }).decision).toEqual(decision);
        const held = decision.outcomes?.findIndex(({ verdict }) => verdict === 'matched') ?? -1;
        expect(held === -1 ? decision.outcomes?.length : held + 1).toBe(
          held === -1 ? outcomes.length : decision.outcomes?.length,
        );
        if (held !== -1 && outcomes[held]?.discard) expect(decision.deliveries).toEqual([]);
      }),
    );
  });
});

describe('a job that failed for good', () => {
  const over = j.abandoned(1);

  it('can be asked about: its status is failed, and it found nothing', () => {
    const outcome = { when: "result.status == 'failed'", targets: ['archive'], originals: true };
    expect(targetsOf(routed({ outcomes: [outcome], over }).decision)).toEqual([['archive', 'original']]);
    const never = { when: 'exists(result.nodules)', targets: ['archive'], originals: true };
    expect(routed({ outcomes: [never], over }).decision.deliveries).toEqual([]);
  });
});
