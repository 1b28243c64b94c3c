import { ConfigurationDocument, JobRequested, SeriesRouted } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { jobsRequestedBy } from './route-series.js';
import type { RouteSeries } from './series-command.js';
import { seriesDecider } from './series-decider.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries } from './series-state.js';

const { opened, stored, completed, routed, seriesInstanceUid, identityFacts } = exampleSeries;
const processing = { steps: [{ module: 'strict', settings: { dates: 'removed' } }, { module: 'nodules' }] };
const rule = { name: 'Research', condition: 'True', action: 'both', targets: ['research'], processing };
const configurationOf = (...rules: object[]): RouteSeries['configuration'] => ({
  version: 7,
  sha256: 'c0'.repeat(32),
  document: ConfigurationDocument.parse({
    rules,
    modules: [
      { kind: 'app', name: 'strict', app: 'anonymizer' },
      { kind: 'container', name: 'nodules', image: 'lung:1' },
    ],
  }),
});
const first: readonly SeriesEvent[] = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];
const late: readonly SeriesEvent[] = [...first, routed(1), stored(3), completed(2, { instances: 3, newInstances: 1 })];

/** What is decided, and the jobs that follow from it. */
const decide = (configuration: RouteSeries['configuration'], history = first, revision = 1) => {
  const told = given(seriesDecider, history).when({
    kind: 'route-series',
    revision,
    identity: identityFacts,
    configuration,
  });
  const [decision] = told.events;
  if (decision?.type !== SeriesRouted.type) throw new Error('nothing was decided');
  expect(SeriesRouted.schema.safeParse(decision.data).error).toBeUndefined();
  const jobs = jobsRequestedBy(told.state as KnownSeries, decision.data, configuration);
  for (const { data } of jobs) expect(JobRequested.schema.safeParse(data).error).toBeUndefined();
  return { decision: decision.data, jobs: jobs.map(({ data }) => data) };
};

describe('a rule that has a series processed', () => {
  it('requests the job of its first step, with everything that follows from it', () => {
    const { decision, jobs } = decide(configurationOf(rule));
    expect(decision).toMatchObject({ outcome: 'routed', deliveries: [] });
    expect(decision.jobs).toEqual([{ job: jobs[0]?.job, rule: 'Research', module: 'strict' }]);
    expect(jobs).toMatchObject([
      {
        module: 'strict',
        app: 'anonymizer',
        settings: { dates: 'removed' },
        step: 0,
        configuration: { version: 7 },
        input: [{ seriesInstanceUid, revision: 1, instances: { afterSequence: 0, throughSequence: 4, count: 2 } }],
        plan: {
          steps: [{ module: 'nodules', settings: {} }],
          targets: ['research'],
          originals: false,
          onFailure: 'nothing',
        },
      },
    ]);
  });

  it('sends what comes out nowhere with the action process', () => {
    expect(decide(configurationOf({ ...rule, action: 'process', targets: [] })).jobs).toMatchObject([
      { plan: { targets: [] } },
    ]);
  });

  it('goes beside one that routes, which sends what came in', () => {
    const route = { name: 'All', condition: 'True', action: 'route', targets: ['research', 'archive'] };
    const { decision, jobs } = decide(configurationOf(rule, route));
    expect(decision.deliveries.map(({ target, rules }) => [target, rules])).toEqual([
      ['research', ['All']],
      ['archive', ['All']],
    ]);
    expect(jobs).toHaveLength(1);
  });

  it('has a job of its own beside another one', () => {
    const { jobs } = decide(configurationOf(rule, { ...rule, name: 'Trial', priority: 'urgent' }));
    expect(jobs.map((job) => [job.rule, job.priority])).toEqual([
      ['Research', undefined],
      ['Trial', 'urgent'],
    ]);
    expect(new Set(jobs.map(({ job }) => job)).size).toBe(2);
  });

  it('is outweighed by one that discards', () => {
    const { decision, jobs } = decide(configurationOf(rule, { name: 'No', condition: 'True', action: 'discard' }));
    expect(decision).toMatchObject({ outcome: 'discarded', deliveries: [] });
    expect(decision).not.toHaveProperty('jobs');
    expect(jobs).toEqual([]);
  });

  it('is followed for what came late, or for all of the series again where it says so', () => {
    const delta = decide(configurationOf(rule), late, 2);
    expect(delta.jobs[0]?.input).toMatchObject([{ revision: 2, instances: { afterSequence: 4, count: 1 } }]);
    expect(delta.decision.jobs?.[0]).not.toHaveProperty('whole');
    const whole = decide(configurationOf({ ...rule, late: 'whole' }), late, 2);
    expect(whole.jobs[0]?.input).toMatchObject([{ revision: 2, instances: { afterSequence: 0, count: 3 } }]);
    expect(whole.decision.jobs).toMatchObject([{ whole: true }]);
    expect(delta.jobs[0]?.job).not.toBe(decide(configurationOf(rule)).jobs[0]?.job);
  });
});
