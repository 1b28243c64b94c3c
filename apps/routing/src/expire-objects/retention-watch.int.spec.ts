import { streamName, type NewEvent } from '@waystation/events';
import { createLogger } from '@waystation/observability';
import { exampleSeries } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RoutingLog } from '../../test/routing-log.js';
import { ExpireObjectsWhenDue } from './expire-objects-when-due.js';
import { RetentionWatch } from './retention-watch.js';

const { opened, stored, completed, routed } = exampleSeries;
const longAgo = { retention: { keep: { deliveredDays: 1, undecidedDays: 1000 } } };
let routing: RoutingLog;
let watch: RetentionWatch;

beforeEach(async () => {
  routing = await RoutingLog.make();
  watch = new RetentionWatch(routing.log, routing.commands);
});
afterEach(() => routing[Symbol.asyncDispose]());

const write = (stream: string, events: readonly NewEvent[]) =>
  routing.log.append({
    parts: [{ stream, expected: 0, events: [...events] }],
    time: routing.log.clock.estimate(),
    metadata: {},
  });
/** A series that no rule wanted. */
const decided = async (number: number): Promise<string> => {
  const seriesInstanceUid = `1.2.3.${number}`;
  const stream = streamName.series(seriesInstanceUid);
  await write(stream, [opened(1, { seriesInstanceUid }), stored(1), completed(1), routed(1)]);
  return stream;
};
const timers = async () =>
  (await routing.log.timers.queues('')).map(({ queue, waiting, due }) => ({ queue, waiting, due }));
const until = async (expected: readonly object[]): Promise<void> => {
  while (JSON.stringify(await timers()) !== JSON.stringify(expected))
    await new Promise((resolve) => setTimeout(resolve, 20));
};

describe('How long things are kept', () => {
  it('is looked at by nobody where the configuration lets nothing go', async () => {
    await watch.begin(await decided(1));
    await routing.publish({});
    await watch.begin(await decided(2));
    await watch.lookAtAll();
    expect(await timers()).toEqual([]);
  });

  it('is looked at once a configuration lets anything go: of what was decided before at once, of what is decided then later', async () => {
    await watch.begin(await decided(1));
    await routing.publish(longAgo);
    await watch.begin(await decided(2));
    expect(await timers()).toEqual([{ queue: 'retention', waiting: 1, due: 0 }]);
    await watch.lookAtAll();
    expect(await timers()).toEqual([{ queue: 'retention', waiting: 2, due: 2 }]);
  });

  it('is looked at by somebody whichever of decision and publication comes first', async () => {
    await routing.publish({});
    for (let round = 1; round <= 10; round++) {
      const [stream] = await Promise.all([
        decided(round).then(async (one) => {
          await watch.begin(one);
          return one;
        }),
        routing.publish({ retention: { keep: { deliveredDays: round } } }).then(() => watch.lookAtAll()),
      ]);
      const { rows } = await routing.log.pool.query('select from log.timer where stream_id = $1', [stream]);
      expect(rows).toHaveLength(1);
      await routing.publish({});
      await routing.log.pool.query('delete from log.timer');
    }
  });

  it('is looked at no more once the configuration lets nothing go again', async () => {
    const logger = createLogger({ service: 'routing', level: 'error', format: 'text' });
    await routing.publish(longAgo);
    const worker = new ExpireObjectsWhenDue(routing.log, routing.commands, logger);
    worker.onApplicationBootstrap();
    try {
      await decided(1);
      await watch.lookAtAll();
      await until([{ queue: 'retention', waiting: 1, due: 0 }]);
      await routing.publish({});
      await watch.lookAtAll();
      await until([]);
    } finally {
      await worker.beforeApplicationShutdown();
    }
  });
});
