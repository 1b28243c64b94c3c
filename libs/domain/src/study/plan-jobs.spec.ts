import { ConfigurationDocument, JobRequested, StudyRouted } from '@waystation/events';
import { exampleSeries, exampleStudy, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from '../series/series-decider.js';
import type { KnownSeries } from '../series/series-state.js';
import { planJobs } from './plan-jobs.js';
import type { RouteStudy } from './study-command.js';
import { studyDecider } from './study-decider.js';

const { series, completed, opened, matched, rule } = exampleStudy;

/** Series `number`, with so many images. */
const seriesWith = (number: number, images: number): KnownSeries => {
  const seriesInstanceUid = exampleStudy.seriesInstanceUid(number);
  const stored = Array.from({ length: images }, (_none, index) => exampleSeries.stored(index + 1));
  const { state } = given(seriesDecider, [
    exampleSeries.opened(1, { seriesInstanceUid }),
    ...stored,
    exampleSeries.completed(1, { instances: images, newInstances: images }),
  ]);
  return state as KnownSeries;
};

const command = (action: string): RouteStudy => ({
  kind: 'route-study',
  rule,
  revision: 1,
  document: ConfigurationDocument.parse({
    rules: [
      {
        ...{ name: rule, condition: 'True', trigger: 'study', action, targets: ['pacs'] },
        ...(action === 'both' ? { processing: { steps: [{ module: 'fusion' }], originals: true } } : {}),
      },
    ],
    modules: [{ kind: 'app', name: 'fusion' }],
  }),
  series: new Map([seriesWith(1, 2), seriesWith(2, 3)].map((one) => [one.seriesInstanceUid, one])),
  opened: new Map(),
  requested: new Map(),
});
const history = [opened(), matched(2), matched(1), completed(1, [series(2), series(1)])];

describe('the job of a completed study', () => {
  it('is one over all that was collected, in the order of the series, and no delivery goes before it', () => {
    const told = given(studyDecider, history).when(command('both'));
    const [routed] = told.events;
    const [job, ...others] = planJobs(told.state, command('both'));
    expect(others).toEqual([]);
    expect(JobRequested.schema.safeParse(job?.data).error).toBeUndefined();
    expect(job?.data).toMatchObject({
      module: 'fusion',
      revision: 1,
      input: [
        { seriesInstanceUid: exampleStudy.seriesInstanceUid(1), instances: { count: 2 } },
        { seriesInstanceUid: exampleStudy.seriesInstanceUid(2), instances: { count: 3 } },
      ],
      plan: { targets: ['pacs'], originals: true },
    });
    expect(job?.data).not.toHaveProperty('seriesInstanceUid');
    expect(routed?.data).toMatchObject({ deliveries: [], jobs: [{ job: job?.data.job, module: 'fusion' }] });
    expect(StudyRouted.schema.safeParse(routed?.data).error).toBeUndefined();
  });

  it('is none where the rule sends what came in', () => {
    const told = given(studyDecider, history).when(command('route'));
    expect(planJobs(told.state, command('route'))).toEqual([]);
    expect(told.events[0]?.data).not.toHaveProperty('jobs');
  });
});
