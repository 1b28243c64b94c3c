import { randomUUID } from 'node:crypto';
import { heldDeliveriesQueue, laneOf } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';
import { createLogger } from '@waystation/observability';
import { exampleDelivery } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DispatchLog } from '../../test/dispatch-log.js';
import { AttemptDelivery } from '../attempt-delivery/attempt-delivery.js';
import type { SendToTarget } from '../targets/send-to-target.js';
import { HeldDeliveries } from './held-deliveries.js';

const d = exampleDelivery;
const goesOn = new AbortController().signal;
const logger = createLogger({ service: 'dispatch', level: 'error', format: 'json' });
let dispatch: DispatchLog;
let held: HeldDeliveries;
beforeAll(async () => {
  dispatch = await DispatchLog.create();
});
afterAll(() => dispatch[Symbol.asyncDispose]());
beforeEach(() => dispatch.publish());
afterEach(async () => {
  await held.beforeApplicationShutdown();
  await dispatch.log.timers.replaceAll([]);
});

const watch = (commands: CommandHandler = dispatch.commands): void => {
  held = new HeldDeliveries(dispatch.log, commands, logger);
  held.onApplicationBootstrap();
};
const takesAll: SendToTarget = async (_target, instances, onReceipt) => {
  for (const { sopInstanceUid } of instances)
    await onReceipt({ sopInstanceUid, accepted: true, receipt: '0x0000', transferSyntaxUid: '1.2.840.10008.1.2.1' });
};
const attempt = (stream: string, commands: CommandHandler = dispatch.commands) =>
  new AttemptDelivery(commands, takesAll, 'dispatch-1').run(stream, dispatch.log.clock.estimate(), goesOn);
const until = (stream: string, type: string) =>
  vi.waitFor(async () => expect(await dispatch.typesOf(stream)).toContain(type), { timeout: 30_000, interval: 20 });
const dataOf = async (stream: string, type: string) =>
  (await dispatch.log.readStream(stream)).filter((event) => event.type === type).map(({ data }) => data);
/** What a consumer does that hears of an event of the stream. */
const tell = (stream: string) => dispatch.log.timers.wake(stream);
const hoursFromNow = (from: number, to: number) => {
  const at = (hours: number) => instantAfter(dispatch.log.clock.estimate(), hours * 3_600_000).slice(11, 16);
  return { schedule: { offPeak: { from: at(from), to: at(to), timeZone: 'UTC' } } };
};
const laterToday = () => hoursFromNow(6, 9);
const now = () => hoursFromNow(-2, 2);

describe('a delivery that is held for off-peak hours', () => {
  it('goes when the configuration has other hours, and not before', async () => {
    await dispatch.publish(laterToday());
    watch();
    const stream = await dispatch.request({ priority: 'off-peak' });
    expect(await attempt(stream)).toBe(false);
    expect(await dispatch.typesOf(stream)).toEqual(['delivery.requested.v1', 'delivery.held.v1']);
    await dispatch.publish(hoursFromNow(5, 9));
    await tell(streamName.configuration);
    await vi.waitFor(async () => expect(await dataOf(stream, 'delivery.held.v1')).toHaveLength(2), 30_000);
    await dispatch.publish(now());
    await tell(streamName.configuration);
    await until(stream, 'delivery.released.v1');
    expect(await dispatch.log.timers.queues(laneOf(''))).toMatchObject([{ queue: laneOf(d.target), due: 1 }]);
    expect(await attempt(stream)).toBe(true);
    expect((await dispatch.typesOf(stream)).at(-1)).toBe('delivery.succeeded.v1');
  });

  it('is looked at when its hours begin', async () => {
    await dispatch.publish(laterToday());
    watch();
    const stream = await dispatch.request({ priority: 'off-peak' });
    await attempt(stream);
    const [hold] = await dataOf(stream, 'delivery.held.v1');
    await vi.waitFor(async () => {
      const [queue] = await dispatch.log.timers.queues(heldDeliveriesQueue);
      expect(queue).toMatchObject({ waiting: 1, due: 0, claimed: 0 });
      expect(queue?.nextDueAt?.localeCompare((hold as { until: string }).until)).toBeLessThanOrEqual(0);
    }, 30_000);
  });

  it('missed nothing where the configuration changed while it was being held', async () => {
    await dispatch.publish(laterToday());
    watch();
    const stream = await dispatch.request({ priority: 'off-peak' });
    await attempt(
      stream,
      meanwhile('start-attempt', () => dispatch.publish(now()), streamName.configuration),
    );
    await until(stream, 'delivery.released.v1');
    expect(await dispatch.typesOf(stream)).toContain('delivery.held.v1');
  });
});

/** Something happens, and everybody is told of it, between a look at the circumstances and the decision about them. */
const meanwhile = (kind: string, happen: () => Promise<unknown>, stream: string): CommandHandler =>
  new (class extends CommandHandler {
    private over = false;
    override handle: CommandHandler['handle'] = async (decider, name, command, context) => {
      if (!this.over && (command as { readonly kind: string }).kind === kind) {
        this.over = true;
        await happen();
        await tell(stream);
      }
      return dispatch.commands.handle(decider, name, command, context);
    };
    override load: CommandHandler['load'] = (decider, name, at) => dispatch.commands.load(decider, name, at);
  })(dispatch.log, 'dispatch');

describe('a delivery that has to come after another one', () => {
  let first: string;
  let second: string;
  beforeEach(async () => {
    const delivery = randomUUID();
    first = await dispatch.request({ delivery });
    second = await dispatch.request({ after: delivery });
  });
  const giveUp = () => dispatch.append(first, d.attempted(1), d.failed(1), d.abandoned(1));

  it('waits for it, and is due when it arrived', async () => {
    watch();
    expect(await attempt(second)).toBe(false);
    await attempt(first);
    await tell(first);
    await until(second, 'delivery.released.v1');
    expect(await dataOf(second, 'delivery.released.v1')).toMatchObject([{ by: 'predecessor', outcome: 'succeeded' }]);
    expect(await attempt(second)).toBe(true);
  });

  it('goes on without one that was given up, and says so', async () => {
    watch();
    await attempt(second);
    await giveUp();
    await tell(first);
    await until(second, 'delivery.released.v1');
    expect(await dataOf(second, 'delivery.released.v1')).toMatchObject([{ by: 'predecessor', outcome: 'abandoned' }]);
  });

  it('missed nothing where that one ended while it was being held', async () => {
    watch();
    await attempt(
      second,
      meanwhile('start-attempt', () => attempt(first), first),
    );
    expect(await dispatch.typesOf(second)).toContain('delivery.held.v1');
    await until(second, 'delivery.released.v1');
  });

  it('missed nothing where that one ended while it was looked at', async () => {
    watch(meanwhile('review-hold', () => attempt(first), first));
    await attempt(second);
    await until(second, 'delivery.released.v1');
  });

  it('is found by whoever begins to work after a crash between the one and the other', async () => {
    await attempt(second);
    await attempt(first);
    watch();
    await until(second, 'delivery.released.v1');
  });

  it('is not looked at any more where an operator holds it', async () => {
    await attempt(second);
    await dispatch.append(second, d.held({ reason: 'operator', note: 'not now' }));
    watch();
    await attempt(first);
    await tell(first);
    await vi.waitFor(async () => expect(await dispatch.log.timers.queues(heldDeliveriesQueue)).toEqual([]), 30_000);
    expect(await dispatch.typesOf(second)).not.toContain('delivery.released.v1');
  });
});
