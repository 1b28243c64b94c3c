import { jobDecider, type JobCommand } from '@waystation/domain';
import {
  streamName,
  type DeliveryRequested,
  type JobAbandoned,
  type JobRequested,
  type JobRouted,
  type JobSucceeded,
  type RecordedEvent,
  type SeriesCompleted,
} from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { exampleJob, exampleSeries } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RoutingLog } from '../../test/routing-log.js';
import { RouteSeriesWhenCompleted } from '../route-series/route-series-when-completed.js';
import { RetentionWatch } from '../expire-objects/retention-watch.js';
import { RouteJobOutputWhenOver } from './route-job-output-when-over.js';

const { opened, stored, completed, seriesInstanceUid, identityFacts } = exampleSeries;
const { run, retry, output } = exampleJob;
/** Whoever it is, it is the patient of the example. */
const identities = { open: async () => identityFacts, openAll: async () => [] } as unknown as Identities;
const folder = (name: string) => ({ kind: 'folder', name, path: `/tmp/${name}` });
/** What every module found. */
const found = { open: async () => ({ nodules: '3' }) } as unknown as Identities;
let routing: RoutingLog;

beforeEach(async () => {
  routing = await RoutingLog.make();
});
afterEach(() => routing[Symbol.asyncDispose]());

const ofType = async <Event extends { readonly type: string; readonly data: unknown }>(type: Event['type']) =>
  (await routing.log.readAll({ after: 0, limit: 1000 })).filter(
    (event) => event.type === type,
  ) as unknown as readonly RecordedEvent<Event & { readonly data: Event['data'] }>[];
const requests = async () => (await ofType<JobRequested>('job.requested.v1')).map(({ data }) => data);
const deliveries = async () => (await ofType<DeliveryRequested>('delivery.requested.v1')).map(({ data }) => data);

/** A complete series of two images, and what rules say about it. */
const decide = async (...rules: object[]): Promise<void> => {
  await routing.publish({
    rules,
    targets: [folder('research'), folder('archive')],
    modules: [
      { kind: 'app', name: 'anonymizer' },
      { kind: 'app', name: 'nodules' },
    ],
  });
  const stream = streamName.series(seriesInstanceUid);
  const events = [opened(), stored(1), stored(2), completed(1, { instances: 2, newInstances: 2 })];
  const recorded = await routing.log.append({
    parts: [{ stream, expected: 0, events }],
    time: routing.log.clock.estimate(),
    metadata: {},
  });
  const route = new RouteSeriesWhenCompleted(routing.commands, identities, watch());
  await route.on(recorded.at(-1) as RecordedEvent<SeriesCompleted>);
};

const watch = () => new RetentionWatch(routing.log, routing.commands);
const tell = (job: string, command: JobCommand) => routing.commands.handle(jobDecider, streamName.job(job), command);
const start = (job: string) => tell(job, { kind: 'start-job', ...run, retry });
const succeed = async (job: string, ...numbers: number[]): Promise<void> => {
  await start(job);
  await tell(job, { kind: 'succeed-job', attempt: 1, outputs: numbers.map(output), files: [], durationMs: 1 });
};

/** Tells of every job that is over, several times at once, as after an outage in which nobody knows what was handled. */
const tellOfJobs = async (): Promise<void> => {
  const over = [
    ...(await ofType<JobSucceeded>('job.succeeded.v1')),
    ...(await ofType<JobAbandoned>('job.abandoned.v1')),
  ];
  const routes = [1, 2].map(() => new RouteJobOutputWhenOver(routing.commands, found, watch()));
  await Promise.all(routes.flatMap((route) => over.map((event) => route.on(event))));
};

const processing = { steps: [{ module: 'anonymizer' }] };
const both = { name: 'Research', condition: 'True', action: 'both', targets: ['research'], processing };

describe('A series that a rule has processed', () => {
  it('is requested together with the decision, waits for a worker, and what it made is sent once', async () => {
    await decide(both, { name: 'All', condition: 'True', action: 'route', targets: ['archive'] });
    const [request, ...others] = await requests();
    expect(others).toEqual([]);
    const job = request?.job ?? '';
    expect((await deliveries()).map(({ target }) => target)).toEqual(['archive']);
    const { rows } = await routing.log.pool.query<{ queue: string }>(
      'select queue from log.timer where stream_id = $1',
      [streamName.job(job)],
    );
    expect(rows).toEqual([{ queue: 'module.anonymizer' }]);
    await succeed(job, 1, 2);
    await tellOfJobs();
    expect((await deliveries()).slice(1)).toMatchObject([
      { target: 'research', rules: ['Research'], instances: { job, attempt: 1, count: 2 } },
    ]);
    const [routed] = await ofType('job.routed.v1');
    expect(routed?.metadata.causationid).toBe((await ofType('job.succeeded.v1'))[0]?.position);
  });

  it('goes from one module to the next, and from the last one to the targets with what came in', async () => {
    const steps = [{ module: 'anonymizer' }, { module: 'nodules', settings: { threshold: 0.5 } }];
    await decide({ ...both, processing: { steps, originals: true } });
    await succeed((await requests())[0]?.job ?? '', 1, 2);
    await tellOfJobs();
    const [first, second, ...others] = await requests();
    expect(others).toEqual([]);
    expect(second).toMatchObject({
      module: 'nodules',
      settings: { threshold: 0.5 },
      input: [{ job: first?.job, attempt: 1, count: 2 }],
    });
    expect(await deliveries()).toEqual([]);
    await succeed(second?.job ?? '', 3);
    await tellOfJobs();
    expect((await deliveries()).map(({ target, instances }) => [target, instances])).toEqual([
      ['research', { job: second?.job, attempt: 1, count: 1 }],
      ['research', { afterSequence: 0, throughSequence: 4, count: 2 }],
    ]);
  });

  it('is sent as it came where the module fails for good and the rule wants that', async () => {
    await decide({ ...both, processing: { ...processing, onFailure: 'originals' } });
    const job = (await requests())[0]?.job ?? '';
    await start(job);
    const failure = { code: 'job.exit-code', reason: 'exit code 3', retryable: false, by: 'module' } as const;
    await tell(job, { kind: 'fail-job', attempt: 1, ...failure, retry, jitter: 0 });
    await tellOfJobs();
    expect(await deliveries()).toMatchObject([
      { target: 'research', seriesInstanceUid, instances: { afterSequence: 0, throughSequence: 4, count: 2 } },
    ]);
  });

  it('goes where the rule says for what the module found, and the decision says why', async () => {
    const outcomes = [
      { when: "result.status == 'partial'", discard: true },
      { when: 'number(result.nodules) > 2', targets: ['archive'], originals: true },
    ];
    await decide({ ...both, processing: { steps: [{ module: 'anonymizer', outcomes }] } });
    const job = (await requests())[0]?.job ?? '';
    await start(job);
    const findings = exampleSeries.sealedIdentity(3).instanceStored;
    await tell(job, { kind: 'succeed-job', attempt: 1, outputs: [output(1)], files: [], findings, durationMs: 1 });
    await tellOfJobs();
    expect((await deliveries()).map(({ target, instances }) => [target, 'job' in instances])).toEqual([
      ['archive', true],
      ['archive', false],
    ]);
    const [routed] = await ofType<JobRouted>('job.routed.v1');
    expect(routed?.data.outcomes?.map(({ verdict }) => verdict)).toEqual(['not-matched', 'matched']);
  });

  it('has its sender told where the module fails for good, by a job of Waystation, once', async () => {
    await decide({ ...both, processing: { ...processing, returnFailure: { targets: ['archive'] } } });
    const job = (await requests())[0]?.job ?? '';
    await start(job);
    const failure = { code: 'job.exit-code', reason: 'exit code 3', retryable: false, by: 'module' } as const;
    await tell(job, { kind: 'fail-job', attempt: 1, ...failure, retry, jitter: 0 });
    await tellOfJobs();
    const [, report, ...others] = await requests();
    expect(others).toEqual([]);
    expect(report).toMatchObject({
      module: 'failure-report',
      settings: { job, code: 'job.exit-code', reason: 'exit code 3' },
      input: [{ seriesInstanceUid, revision: 1 }],
      plan: { targets: ['archive'] },
    });
    const [routed] = await ofType<JobRouted>('job.routed.v1');
    expect(routed?.data.report).toBe(report?.job);
    await succeed(report?.job ?? '', 9);
    await tellOfJobs();
    expect(await deliveries()).toMatchObject([{ target: 'archive', rules: [], instances: { job: report?.job } }]);
  });

  it('is processed by nobody where a rule discards it', async () => {
    await decide(both, { name: 'No', condition: 'True', action: 'discard' });
    expect(await requests()).toEqual([]);
  });
});
