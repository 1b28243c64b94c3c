import { DeliveryAttempted, InstanceDelivered, definitionOf } from '@waystation/events';
import { exampleDelivery, tellStory, type Chapter } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Circumstances } from './circumstances.js';
import type { DeliveryCommand } from './delivery-command.js';
import { deliveryDecider } from './delivery-decider.js';
import type { DeliveryEvent } from './delivery-event.js';
import type { DeliveryState } from './delivery-state.js';

const count = 3;
const { requested, receiptOf, retry, offPeak } = exampleDelivery;

/** A step of a story: `lag` is how many attempts behind whoever speaks believes the delivery to be. */
type Step = (attempt: number) => DeliveryCommand;
const lags = fc.constantFrom(0, 0, 0, 1);
const failures = fc.record({
  code: fc.constant('dicom.timeout'),
  reason: fc.constant('no answer'),
  retryable: fc.boolean(),
  by: fc.constantFrom('target', 'target', 'waystation'),
  uncertain: fc.boolean(),
  refusals: fc.constant([]),
});
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  now: fc.constantFrom('2026-01-01T12:00:00.000Z', '2026-01-01T23:00:00.000Z'),
  configurationVersion: fc.constant(1),
  offPeak: fc.constant(offPeak),
  predecessor: fc.constantFrom('open', 'succeeded', 'abandoned'),
});
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('a', 'b'), circumstances).map(
    ([worker, around]) =>
      () =>
        ({ kind: 'start-attempt', worker, retry, ...around }) as const,
  ),
  circumstances.map((around) => () => ({ kind: 'review-hold', ...around }) as const),
  fc.constantFrom('hold-delivery', 'release-delivery').map((kind) => () => ({ kind, note: 'so be it' }) as const),
  fc.tuple(lags, fc.array(fc.integer({ min: 1, max: count }), { maxLength: 4 })).map(
    ([lag, numbers]) =>
      (attempt: number) =>
        ({ kind: 'record-receipts', attempt: attempt - lag, receipts: numbers.map(receiptOf) }) as const,
  ),
  fc.tuple(lags, fc.option(failures, { nil: undefined })).map(([lag, failure]) => (attempt: number) => {
    const finish = { kind: 'finish-attempt', attempt: attempt - lag, durationMs: 1, retry, jitter: 0.5 } as const;
    return failure === undefined ? finish : { ...finish, failure };
  }),
  fc.constant(() => ({ kind: 'redrive-delivery', reason: 'again' }) as const),
);
const requests = fc.record({
  priority: fc.constantFrom('normal', 'urgent', 'off-peak'),
  after: fc.option(fc.constant('f1f2f3f4f5f6f7f8f9f0'), { nil: undefined }),
});
type Request = typeof requests extends fc.Arbitrary<infer Changes> ? Changes : never;
const stories = fc.tuple(requests, fc.array(steps, { maxLength: 25 }));

type Told = Chapter<DeliveryState, DeliveryCommand, DeliveryEvent>;
const tell = (request: Request, story: readonly Step[]): readonly Told[] =>
  tellStory(
    deliveryDecider,
    [requested(count, request)],
    story.map(
      (step) =>
        ({ state }) =>
          step(state.status === 'unknown' ? 0 : state.attempt),
    ),
  );
const eventsOf = (chapters: readonly Told[]) => chapters.flatMap(({ events }) => events);
const everyStory = (check: (chapters: readonly Told[]) => void) =>
  fc.assert(fc.property(stories, ([request, story]) => check(tell(request, story))));

describe('whatever happens to a delivery', () => {
  it('every event is one that the log would take', () => {
    everyStory((chapters) => {
      for (const { type, data } of eventsOf(chapters))
        expect(definitionOf(type)?.schema.safeParse(data).error).toBeUndefined();
    });
  });

  it('attempts are numbered without a hole', () => {
    everyStory((chapters) => {
      const attempts = eventsOf(chapters).flatMap((event) =>
        event.type === DeliveryAttempted.type ? [event.data.attempt] : [],
      );
      expect(attempts).toEqual(attempts.map((_attempt, index) => index + 1));
    });
  });

  it('no object has two receipts', () => {
    everyStory((chapters) => {
      const delivered = eventsOf(chapters).flatMap((event) =>
        event.type === InstanceDelivered.type ? [event.data.sopInstanceUid] : [],
      );
      expect(new Set(delivered).size).toBe(delivered.length);
    });
  });

  it('it has succeeded only with a receipt for every object, and nothing follows', () => {
    everyStory((chapters) => {
      for (const { before, after, events } of chapters) {
        if (before.status === 'succeeded') expect(events).toEqual([]);
        if (after.status === 'succeeded') expect(after.receipts.size).toBe(count);
      }
    });
  });

  it('it waits for a timer or an operator or is over, and a timer counts from the event that set it', () => {
    everyStory((chapters) => {
      for (const { before, after, events } of chapters) {
        const due = deliveryDecider.due(after);
        const isOver = after.status === 'succeeded' || after.status === 'abandoned';
        expect(due === undefined).toBe(isOver || (after.status === 'held' && after.hold?.reason === 'operator'));
        if (JSON.stringify(due) !== JSON.stringify(deliveryDecider.due(before)) && due !== undefined)
          expect(due.since).toBe(events.at(-1)?.recordedtime);
      }
    });
  });

  it('an attempt says that it may repeat exactly where one before it was cut off or failed in doubt', () => {
    everyStory((chapters) => {
      let doubt = false;
      for (const event of eventsOf(chapters)) {
        if (event.type === 'delivery.interrupted.v1') doubt = true;
        if (event.type === 'delivery.failed.v1') doubt ||= event.data.uncertain;
        if (event.type === 'delivery.attempted.v1') expect(event.data.mayRepeat).toBe(doubt);
      }
    });
  });

  it('a round has no more attempts that send than the policy allows, those apart that Waystation broke off', () => {
    everyStory((chapters) => {
      let counted = 0;
      for (const event of eventsOf(chapters)) {
        if (event.type === 'delivery.redriven.v1') counted = 0;
        if (event.type === 'delivery.attempted.v1' && event.data.instances > 0) counted += 1;
        if (event.type === 'delivery.failed.v1' && event.data.by === 'waystation') counted -= 1;
        expect(counted).toBeLessThanOrEqual(retry.attempts);
      }
    });
  });

  it('no attempt begins while something holds it', () => {
    everyStory((chapters) => {
      for (const { before, events } of chapters) {
        const begins = events.some((event) => event.type === DeliveryAttempted.type);
        if (begins) expect(before).not.toMatchObject({ status: 'held' });
        if (begins) expect(events.map(({ type }) => type)).not.toContain('delivery.held.v1');
      }
    });
  });

  it('it is held exactly while it knows why', () => {
    everyStory((chapters) => {
      for (const { after } of chapters)
        if (after.status !== 'unknown') expect(after.hold !== undefined).toBe(after.status === 'held');
    });
  });

  it('what made it wait and what began its attempt are events of its own, the one before the other', () => {
    everyStory((chapters) => {
      const written = new Map<number, string>([[1, 'delivery.requested.v1']]);
      for (const { after, events } of chapters) {
        for (const { position, type } of events) written.set(position, type);
        if (after.status === 'unknown') continue;
        expect(written.get(after.waitingPosition)).toMatch(
          /requested|retry-scheduled|interrupted|redriven|held|released/,
        );
        if (after.attemptPosition !== undefined)
          expect(written.get(after.attemptPosition)).toBe('delivery.attempted.v1');
        if (after.status === 'attempting') expect(after.attemptPosition).toBeGreaterThan(after.waitingPosition);
      }
    });
  });
});
