import { definitionOf, OffPeakHours, type JobPlan } from '@waystation/events';
import { exampleJob, tellStory, type Chapter } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobCommand } from './job-command.js';
import { jobDecider } from './job-decider.js';
import type { JobEvent } from './job-event.js';
import type { JobState } from './job-state.js';

const { requested, run, retry, output, plan } = exampleJob;
const offPeak = OffPeakHours.parse({ from: '22:00', to: '06:00' });
const at = (hour: number): string => `2026-01-01T${`${hour}`.padStart(2, '0')}:00:00.000Z`;
const again = { retry, jitter: 0.5 };

/** A step of a story: `lag` is how many attempts behind whoever speaks believes the job to be. */
type Step = (attempt: number) => JobCommand;
const lags = fc.constantFrom(0, 0, 0, 1);
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom('a', 'b').map((worker) => () => ({ kind: 'start-job', ...run, worker, retry }) as const),
  lags.map((lag) => (attempt: number) => ({ kind: 'record-progress', attempt: attempt - lag, fraction: 0.5 }) as const),
  fc.tuple(lags, fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 })).map(
    ([lag, numbers]) =>
      (attempt: number) =>
        ({
          kind: 'succeed-job',
          attempt: attempt - lag,
          outputs: numbers.map(output),
          files: [],
          durationMs: 1,
        }) as const,
  ),
  fc.tuple(lags, fc.boolean(), fc.constantFrom('module', 'module', 'waystation')).map(
    ([lag, retryable, by]) =>
      (attempt: number) =>
        ({
          kind: 'fail-job',
          attempt: attempt - lag,
          code: 'job.exit-code',
          reason: 'no',
          retryable,
          by,
          ...again,
        }) as const,
  ),
  lags.map(
    (lag) => (attempt: number) =>
      ({ kind: 'time-out-job', attempt: attempt - lag, timeoutSeconds: 1, durationMs: 1001, ...again }) as const,
  ),
  fc
    .integer({ min: 0, max: 23 })
    .map((hour) => () => ({ kind: 'review-hours', now: at(hour), offPeak, configurationVersion: 1 }) as const),
  fc.constant(() => ({ kind: 'release-job', note: 'now' }) as const),
  fc.constant(() => ({ kind: 'cancel-job', reason: 'no' }) as const),
  fc.constant(() => ({ kind: 'restart-job', reason: 'yes', settings: { dates: 'kept' } }) as const),
  fc.constant(() => ({ kind: 'route-job', targets: ['research'] }) as const),
);
const plans: fc.Arbitrary<Partial<JobPlan>> = fc.record({
  originals: fc.boolean(),
  onFailure: fc.constantFrom('nothing', 'originals'),
  targets: fc.constantFrom<string[]>([], ['research']),
  steps: fc.constantFrom<JobPlan['steps']>([], [{ module: 'nodules', settings: {} }]),
});
const stories = fc.tuple(plans, fc.array(steps, { maxLength: 25 }));

type Told = Chapter<JobState, JobCommand, JobEvent>;
const tell = (changes: Partial<JobPlan>, story: readonly Step[]): readonly Told[] =>
  tellStory(
    jobDecider,
    [requested({ plan: { ...plan, ...changes }, priority: 'off-peak' })],
    story.map(
      (step) =>
        ({ state }) =>
          step(state.status === 'unknown' ? 0 : state.attempt),
    ),
  );
const eventsOf = (chapters: readonly Told[]) => chapters.flatMap(({ events }) => events);
const everyStory = (check: (chapters: readonly Told[]) => void) =>
  fc.assert(fc.property(stories, ([changes, story]) => check(tell(changes, story))));

describe('whatever happens to a job', () => {
  it('every event is one that the log would take', () => {
    everyStory((chapters) => {
      for (const { type, data } of eventsOf(chapters))
        expect(definitionOf(type)?.schema.safeParse(data).error).toBeUndefined();
    });
  });

  it('attempts are numbered without a hole', () => {
    everyStory((chapters) => {
      const attempts = eventsOf(chapters).flatMap((event) =>
        event.type === 'job.started.v1' ? [event.data.attempt] : [],
      );
      expect(attempts).toEqual(attempts.map((_attempt, index) => index + 1));
    });
  });

  it('an attempt ends once, and nothing of one that did not succeed is kept', () => {
    const ends = ['job.succeeded.v1', 'job.failed.v1', 'job.timed-out.v1'];
    everyStory((chapters) => {
      const events = eventsOf(chapters);
      const ended = events.flatMap(({ type, data }) =>
        ends.includes(type) && 'attempt' in data ? [data.attempt] : [],
      );
      expect(new Set(ended).size).toBe(ended.length);
      const succeeded = events.flatMap(({ type, data }) =>
        type === 'job.succeeded.v1' && 'attempt' in data ? [data.attempt] : [],
      );
      for (const event of events)
        if (event.type === 'instance.derived.v1') expect(succeeded).toContain(event.data.attempt);
    });
  });

  it('what follows from an attempt is decided once', () => {
    everyStory((chapters) => {
      const routed = eventsOf(chapters).flatMap((event) =>
        event.type === 'job.routed.v1' ? [event.data.attempt] : [],
      );
      expect(new Set(routed).size).toBe(routed.length);
    });
  });

  it('it has a timer exactly while somebody has to look at it', () => {
    everyStory((chapters) => {
      for (const { after } of chapters)
        expect(jobDecider.due(after)?.queue).toBe(
          after.status === 'waiting' || after.status === 'running'
            ? 'module.anonymizer'
            : // Nobody decides about one that was cancelled: how long is kept what it made before is looked at all the same.
              after.status === 'cancelled' && after.attempt > 0
              ? 'retention'
              : undefined,
        );
    });
  });
});
