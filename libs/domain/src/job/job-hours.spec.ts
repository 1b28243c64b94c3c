import { JobHeld, JobReleased, OffPeakHours } from '@waystation/events';
import { exampleJob, given } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOffPeak } from '../schedule/off-peak.js';
import { reviewHours } from './job-hours.js';
import { jobDecider } from './job-decider.js';

const j = exampleJob;
const [noon, evening] = ['2026-01-01T12:00:00.000Z', '2026-01-01T22:00:00.000Z'];
const offPeak = OffPeakHours.parse({ from: '22:00', to: '06:00' });
const review = (now: string, more: object = {}) =>
  ({ kind: 'review-hours', now, offPeak, configurationVersion: 1, ...more }) as const;
const release = { kind: 'release-job', note: 'the surgeon waits' } as const;
const start = { kind: 'start-job', ...j.run, retry: j.retry } as const;
const requested = j.requested({ priority: 'off-peak' });
const held = JobHeld.of({ reason: 'off-peak', until: evening, configurationVersion: 1 });
const bySchedule = JobReleased.of({ by: 'schedule', configurationVersion: 1 });
const byOperator = JobReleased.of({ by: 'operator', note: 'the surgeon waits' });
const queue = 'module.anonymizer';

describe('an off-peak job', () => {
  it('is held until its hours begin, and looked at then, or when the configuration changes', () => {
    given(jobDecider, [requested])
      .when(review(noon))
      .then([held])
      .thenState({ status: 'waiting', hold: held.data, attempt: 0 });
    given(jobDecider, [requested, held]).thenDue({
      ...{ queue, since: '2026-01-01T00:00:01.000Z', waitsFor: 'configuration' },
      afterMs: Date.parse(evening) - Date.parse('2026-01-01T00:00:01.000Z'),
    });
  });

  it('begins at once where its hours have begun', () => {
    given(jobDecider, [requested]).when(review(evening)).then([]);
  });

  it('is released when its hours begin, is due then, and runs', () => {
    given(jobDecider, [requested, held])
      .when(review(evening))
      .then([bySchedule])
      .thenState({ hold: undefined })
      .thenDue({ queue, since: '2026-01-01T00:00:02.000Z', afterMs: 0 })
      .when(review(evening))
      .then([])
      .when(start)
      .then([j.started(1)]);
  });

  it('stays held until then, and is held until another time where there are other hours', () => {
    given(jobDecider, [requested, held]).when(review(noon)).then([]);
    const earlier = OffPeakHours.parse({ from: '20:00', to: '06:00' });
    const until = '2026-01-01T20:00:00.000Z';
    given(jobDecider, [requested, held])
      .when(review(noon, { offPeak: earlier, configurationVersion: 2 }))
      .then([JobHeld.of({ reason: 'off-peak', until, configurationVersion: 2 })]);
  });

  it('is done at whatever hour once an operator released it, also when it is tried again', () => {
    given(jobDecider, [requested, held])
      .when(release)
      .then([byOperator])
      .thenState({ status: 'waiting', hold: undefined })
      .thenDue({ queue, since: '2026-01-01T00:00:02.000Z', afterMs: 0 })
      .when(review(noon))
      .then([]);
    given(jobDecider, [requested, held, byOperator, j.started(1), j.failed(1), j.retryScheduled(2, 1000)])
      .when(review(noon))
      .then([]);
  });

  it('waits again where it is tried again after its hours', () => {
    given(jobDecider, [requested, j.started(1), j.failed(1), j.retryScheduled(2, 1000)])
      .when(review(noon))
      .then([held]);
  });

  it('may be cancelled while it is held', () => {
    given(jobDecider, [requested, held])
      .when({ kind: 'cancel-job', reason: 'nobody needs it' })
      .then([j.cancelled()])
      .thenDue(undefined);
  });
});

describe('no hours are waited for by', () => {
  it.each([
    ['what is not for off-peak hours', j.requested({ priority: 'urgent' })],
    ['a later step: what was begun is finished', j.requested({ priority: 'off-peak', step: 1 })],
  ])('%s', (_what, event) => {
    given(jobDecider, [event]).when(review(noon)).then([]);
  });

  it('a job that runs, or is over, which cannot be released either', () => {
    given(jobDecider, [requested, j.started(1)])
      .when(review(noon))
      .then([]);
    given(jobDecider, [requested, j.started(1)])
      .when(release)
      .thenThrows('job.not-releasable');
    given(jobDecider, [requested, j.cancelled()]).when(release).thenThrows('job.not-releasable');
  });
});

it('whatever the hour and the hours are, a job that is not held may begin, and one that is may not', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30'))
    .map(([h, m]) => `${`${h}`.padStart(2, '0')}:${m}`);
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const zone = fc.constantFrom('UTC', 'Europe/Zurich', 'America/St_Johns');
  fc.assert(
    fc.property(instant, time, time, zone, (date, from, to, timeZone) => {
      const now = date.toISOString();
      const hours = OffPeakHours.parse({ from, to, timeZone });
      const { state } = given(jobDecider, [requested]);
      if (state.status === 'unknown') throw new Error('the job is there');
      const [event] = reviewHours(state, { kind: 'review-hours', now, offPeak: hours, configurationVersion: 1 });
      expect(event === undefined).toBe(isOffPeak(now, hours));
      if (event?.type !== 'job.held.v1') return;
      expect(event.data.until > now).toBe(true);
      expect(isOffPeak(event.data.until, hours)).toBe(true);
    }),
  );
});
