import {
  ConfigurationDocument,
  JobRouted,
  streamName,
  type DeliverySucceeded,
  type NewEvent,
  type RecordedEvent,
  type RuleVerdict,
  type SeriesRouted,
} from '@waystation/events';
import { exampleDelivery, exampleJob, exampleSeries } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DispatchLog } from '../../test/dispatch-log.js';
import { NotifyWhenDecided } from './notify-when-decided.js';
import { NotifyWhenDelivered } from './notify-when-delivered.js';
import { NotifyWhenProcessed } from './notify-when-processed.js';
import { RequestNotifications } from './request-notifications.js';

const d = exampleDelivery;
const j = exampleJob;
const job = streamName.job(j.job);
const output = { delivery: 'the output', target: 'research', brings: { kind: 'output' } } as const;
const [rule] = ConfigurationDocument.parse({
  rules: [
    {
      ...{ name: 'All', condition: 'True', action: 'both', targets: ['research'] },
      processing: { steps: [{ module: 'anonymizer' }] },
      notifications: [
        { channels: ['chat'], on: ['received', 'completed', 'error'] },
        { channels: ['doctor'], on: ['requested'] },
      ],
    },
  ],
}).rules;
let log: DispatchLog;
let requests: RequestNotifications;

beforeEach(async () => {
  log = await DispatchLog.create();
  requests = new RequestNotifications(log.log, log.commands);
  await log.publish({
    rules: [rule],
    targets: [{ kind: 'folder', name: 'research', path: '/srv' }],
    modules: [{ kind: 'app', name: 'anonymizer' }],
    notificationChannels: ['chat', 'doctor'].map((name) => ({
      kind: 'webhook',
      name,
      url: `https://${name}.example/hook`,
    })),
  });
});
afterEach(() => log[Symbol.asyncDispose]());

const routedOf = (data: Partial<JobRouted['data']>): JobRouted =>
  JobRouted.of({ attempt: 1, outcome: 'routed', deliveries: [], because: 'as the rule says', ...data });

const told = async (): Promise<readonly string[]> =>
  (await log.log.readAll({ after: 0, limit: 1000 }))
    .filter(({ type }) => type === 'notification.requested.v1')
    .map(({ data }) => data as { event: string; details: string })
    .map(({ event, details }) => `${event}: ${details}`);

/** The rule matched, and its job waits. */
const matched = async (): Promise<void> => {
  const verdict: RuleVerdict = {
    ...{ rule: 'All', verdict: 'matched', condition: 'True' },
    ...{ because: '', observations: [] },
  };
  const events = await log.append(
    streamName.series(exampleSeries.seriesInstanceUid),
    exampleSeries.completed(1),
    exampleSeries.routed(1, {
      ...{ outcome: 'routed', deliveries: [], jobs: [{ job: j.job, rule: 'All', module: 'anonymizer' }] },
      verdicts: [verdict],
    }),
  );
  await log.append(job, j.requested({ rule: 'All' }));
  await new NotifyWhenDecided(log.commands, requests).on(events.at(-1) as RecordedEvent<SeriesRouted>);
  expect(await told()).toEqual(['received: processed by anonymizer']);
};

/** The last of the events is heard of, twice. */
const hear = async (stream: string, ...events: readonly NewEvent[]): Promise<void> => {
  const last = (await log.append(stream, ...events)).at(-1) as RecordedEvent<JobRouted>;
  const processed = new NotifyWhenProcessed(log.commands, requests);
  await Promise.all([processed.on(last), processed.on(last)]);
};

describe('a series that a rule has processed', () => {
  beforeEach(matched);

  it('is completed when what it became was delivered, not before', async () => {
    const instances = { job: j.job, attempt: 1, count: 2 };
    await log.request({ delivery: output.delivery, target: 'research', job: j.job, instances });
    await hear(job, j.started(1), j.derived(1), j.succeeded(1), routedOf({ deliveries: [output] }));
    expect(await told()).toHaveLength(1);
    const arrived = [d.attempted(1), d.delivered(1), d.delivered(2), d.succeeded(1, 2)];
    const events = await log.append(streamName.delivery(output.delivery), ...arrived);
    const delivered = new NotifyWhenDelivered(log.commands, requests);
    await delivered.on(events.at(-1) as RecordedEvent<DeliverySucceeded>);
    expect((await told()).slice(1)).toEqual(['completed: delivered to research']);
  });

  it('is completed after the last of its steps where nothing is to go anywhere', async () => {
    await hear(job, j.started(1), j.succeeded(1), routedOf({ outcome: 'next-step', next: 'second' }));
    expect(await told()).toHaveLength(1);
    const requested = j.requested({ job: 'second', module: 'nodules', rule: 'All', step: 1 });
    await hear(streamName.job('second'), requested, j.started(1), j.succeeded(1), routedOf({ outcome: 'kept' }));
    expect((await told()).slice(1)).toEqual(['completed: processed by nodules']);
  });

  it('is told of to those as well who are told on request where the rule wants that for what was found', async () => {
    await hear(job, j.started(1), j.succeeded(1), routedOf({ outcome: 'kept', notify: true }));
    expect((await told()).slice(1)).toEqual(Array(2).fill('completed: processed by anonymizer'));
  });

  it('is an error where its module is given up, and completed after all once it was restarted', async () => {
    await hear(job, j.started(1), j.failed(1), j.abandoned(1), routedOf({ outcome: 'failed', report: 'report' }));
    expect((await told()).slice(1)).toEqual(['error: anonymizer: given up, job.exit-code']);
    await hear(job, j.restarted(), j.started(2), j.succeeded(2), routedOf({ attempt: 2, outcome: 'kept' }));
    expect((await told()).slice(2)).toEqual(['completed: processed by anonymizer']);
  });

  it('is an error where somebody cancels it', async () => {
    await hear(job, j.started(1), j.cancelled());
    expect((await told()).slice(1)).toEqual(['error: anonymizer: given up, job.cancelled']);
  });
});
