import { DeliveryRequested, JobRequested, JobRouted, type JobPlan, type RoutingDirective } from '@waystation/events';
import { exampleJob, exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { jobDecider } from './job-decider.js';
import type { JobEvent } from './job-event.js';
import type { KnownJob } from './job-state.js';
import { deliveriesRequestedByJob, nextJobRequestedBy } from './requested-by-job.js';

const j = exampleJob;
const route = { kind: 'route-job', targets: ['research', 'archive', 'other'] } as const;
const made = (instances: number, routing?: RoutingDirective) =>
  j.succeeded(1, { outputs: { instances, digest: 'd1'.repeat(32) }, ...(routing && { routing }) });

/** What is decided of a job that succeeded. */
const routed = (plan: Partial<JobPlan>, outcome: JobEvent = made(2)) => {
  const told = given(jobDecider, [j.requested({ plan: { ...j.plan, ...plan } }), j.started(1), outcome]).when(route);
  const [first] = told.events;
  if (first?.type !== JobRouted.type) throw new Error(`expected a decision, got ${first?.type ?? 'nothing'}`);
  expect(JobRouted.schema.safeParse(first.data).error).toBeUndefined();
  return { decision: first.data, state: told.state as KnownJob };
};
const targetsOf = ({ deliveries }: JobRouted['data']) => deliveries.map(({ target, brings }) => [target, brings.kind]);

describe('what a module made', () => {
  it('goes to the targets of the rule, each the first event of its own delivery', () => {
    const { decision, state } = routed({ targets: ['research', 'archive'] });
    expect(decision).toMatchObject({ attempt: 1, outcome: 'routed', because: 'as the rule says' });
    expect(targetsOf(decision)).toEqual([
      ['research', 'output'],
      ['archive', 'output'],
    ]);
    const requests = deliveriesRequestedByJob(state, decision);
    for (const { data } of requests) expect(DeliveryRequested.schema.safeParse(data).error).toBeUndefined();
    expect(requests.map(({ data }) => data)).toMatchObject([
      { target: 'research', rules: ['CT to research'], instances: { job: j.job, attempt: 1, count: 2 } },
      { target: 'archive', instances: { job: j.job, attempt: 1, count: 2 } },
    ]);
    expect(new Set(requests.map(({ data }) => data.delivery)).size).toBe(2);
  });

  it('goes there with what came in where the rule wants that, in deliveries of their own', () => {
    const { decision, state } = routed({ originals: true });
    const requests = deliveriesRequestedByJob(state, decision);
    expect(requests.map(({ data }) => data.instances)).toEqual([
      { job: j.job, attempt: 1, count: 2 },
      { afterSequence: 0, throughSequence: 4, count: 2 },
    ]);
    expect(new Set(requests.map(({ data }) => data.delivery)).size).toBe(2);
  });

  it('is kept where the rule has no target', () => {
    expect(routed({ targets: [] }).decision).toMatchObject({ outcome: 'kept', deliveries: [] });
  });

  it('is nothing at times, and then nothing goes', () => {
    expect(routed({}, made(0)).decision).toMatchObject({ outcome: 'empty', deliveries: [] });
  });

  it('is what the next step is given, as the rule said when it was followed', () => {
    const steps = [{ module: 'nodules', app: 'lung', settings: { threshold: 0.5 } }];
    const { decision, state } = routed({ steps });
    expect(decision).toMatchObject({ outcome: 'next-step', deliveries: [] });
    const next = nextJobRequestedBy(state, decision);
    expect(JobRequested.schema.safeParse(next?.data).error).toBeUndefined();
    expect(next?.data).toMatchObject({
      job: decision.next,
      module: 'nodules',
      app: 'lung',
      settings: { threshold: 0.5 },
      rule: 'CT to research',
      step: 1,
      input: [{ job: j.job, attempt: 1, count: 2 }],
      originals: j.requested().data.input,
      plan: { ...j.plan, steps: [] },
    });
  });

  it('is decided once', () => {
    given(jobDecider, [j.requested(), j.started(1), made(1)])
      .when(route)
      .when(route)
      .then([]);
  });

  it('is decided again once the job was done again, with other deliveries', () => {
    const first = given(jobDecider, [j.requested(), j.started(1), made(1)]).when(route);
    const again = given(jobDecider, [
      ...first.history,
      j.restarted(),
      j.started(2),
      j.succeeded(2, { outputs: made(1).data.outputs }),
    ]);
    const ids = [...first.events, ...again.when(route).events].flatMap((event) =>
      event.type === JobRouted.type ? event.data.deliveries.map(({ delivery }) => delivery) : [],
    );
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['waits', [j.requested()]],
    ['runs', [j.requested(), j.started(1)]],
    ['was cancelled', [j.requested(), j.started(1), j.cancelled()]],
  ])('is not decided while the job %s', (_what, history) => {
    given(jobDecider, history).when(route).then([]);
  });
});

describe('a module that says where its output goes', () => {
  const dynamicRouting = { targets: [] as string[] };

  it.each<[string, JobPlan['dynamicRouting'], RoutingDirective, readonly string[], RegExp]>([
    ['one that exists', dynamicRouting, { targets: ['archive'] }, ['archive'], /^the module names 'archive'$/],
    ['one that the rule lists', { targets: ['other'] }, { targets: ['other'] }, ['other'], /names 'other'/],
    [
      'one that the rule does not list',
      { targets: ['other'] },
      { targets: ['archive'] },
      ['research'],
      /'archive'.*not let/,
    ],
    [
      'one that is not there',
      dynamicRouting,
      { targets: ['archive', 'moon'] },
      ['research'],
      /'moon', which does not exist/,
    ],
    ['one, and the rule allows none', undefined, { targets: ['archive'] }, ['research'], /does not allow/],
    [
      'the alternate one',
      { targets: [], alternateTarget: 'other' },
      { useAlternateTarget: true },
      ['other'],
      /alternate/,
    ],
    ['the alternate one that is not', dynamicRouting, { useAlternateTarget: true }, ['research'], /has none/],
  ])('is followed where it may be: %s', (_what, allowed, directive, targets, because) => {
    const { decision } = routed(allowed ? { dynamicRouting: allowed } : {}, made(1, directive));
    expect(decision.deliveries.map(({ target }) => target)).toEqual(targets);
    expect(decision.because).toMatch(because);
  });

  it('may discard it, where the rule allows that', () => {
    expect(routed({ dynamicRouting }, made(1, { discard: true })).decision).toMatchObject({
      outcome: 'discarded',
      deliveries: [],
    });
    expect(routed({}, made(1, { discard: true })).decision.outcome).toBe('routed');
  });
});

describe('a job that failed for good', () => {
  const failed = j.abandoned(1);

  it('sends nothing where the rule says so', () => {
    expect(routed({ onFailure: 'nothing' }, failed).decision).toMatchObject({
      outcome: 'failed',
      deliveries: [],
    });
  });

  it('sends what came in where the rule says so', () => {
    const { decision, state } = routed({ onFailure: 'originals' }, failed);
    expect(decision.outcome).toBe('failed');
    const originals = { seriesInstanceUid: exampleSeries.seriesInstanceUid, revision: 1 };
    expect(deliveriesRequestedByJob(state, decision).map(({ data }) => data)).toMatchObject([
      { target: 'research', ...originals, instances: { afterSequence: 0, throughSequence: 4, count: 2 } },
    ]);
  });
});
