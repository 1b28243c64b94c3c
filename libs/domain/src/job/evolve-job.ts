import type {
  JobExpired,
  JobHeld,
  JobReleased,
  JobRequested,
  JobRestarted,
  JobStarted,
  Recorded,
  RecordedEvent,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { JobEvent } from './job-event.js';
import type { JobExpiry, JobState, KnownJob } from './job-state.js';
import { timeoutReason } from './timeout-reason.js';

/** What an event makes of a job. */
export const evolveJob = (state: JobState, event: Recorded<JobEvent>): JobState => {
  if (event.type === 'job.requested.v1') return requested(event);
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'job.held.v1':
      return held(state, event);
    case 'job.released.v1':
      return released(state, event);
    case 'job.started.v1':
      return started(state, event);
    case 'job.progressed.v1': {
      const { attempt: _attempt, ...progress } = event.data;
      return { ...state, progress };
    }
    case 'instance.derived.v1': {
      const { attempt, sopInstanceUid } = event.data;
      return { ...state, derived: state.derived.set(`${attempt} ${sopInstanceUid}`, event.data) };
    }
    case 'job.succeeded.v1':
      return {
        ...state,
        status: 'succeeded',
        endedAt: event.recordedtime,
        successes: [...state.successes, event.data],
      };
    case 'job.failed.v1': {
      const { code, reason, by } = event.data;
      const attemptsInRound = Math.max(0, state.attemptsInRound - (by === 'waystation' ? 1 : 0));
      return { ...waiting(state, event), attemptsInRound, lastFailure: { code, reason } };
    }
    case 'job.timed-out.v1':
      return { ...waiting(state, event), lastFailure: timeoutReason(event.data) };
    case 'job.retry-scheduled.v1':
      return { ...waiting(state, event), waitingSince: event.recordedtime, delayMs: event.data.delayMs };
    case 'job.abandoned.v1':
      return { ...state, status: 'abandoned', endedAt: event.recordedtime };
    case 'job.cancelled.v1':
      return { ...state, status: 'cancelled', endedAt: event.recordedtime };
    case 'job.restarted.v1':
      return restarted(state, event);
    case 'job.routed.v1':
      return { ...state, routed: [...state.routed, event.data] };
    case 'job.expired.v1':
      return { ...state, expiry: expired(event) };
    case 'job.erased.v1':
      return { ...state, expiry: state.expiry && { ...state.expiry, erased: true } };
    default:
      return unreachable(event);
  }
};

const expired = ({ data, position, recordedtime }: RecordedEvent<JobExpired>): JobExpiry => ({
  position,
  at: recordedtime,
  policy: data.policy,
  because: data.because,
  erased: false,
  attempt: data.attempt,
  prefixes: data.prefixes,
});

const requested = ({ data, recordedtime, position }: RecordedEvent<JobRequested>): KnownJob => ({
  status: 'waiting',
  request: data,
  settings: data.settings,
  attempt: 0,
  attemptsInRound: 0,
  started: undefined,
  progress: undefined,
  lastFailure: undefined,
  derived: PersistentMap.empty(),
  successes: [],
  routed: [],
  waitingSince: recordedtime,
  delayMs: 0,
  waitingPosition: position,
  attemptPosition: undefined,
});

const waiting = (state: KnownJob, { position }: RecordedEvent): KnownJob => ({
  ...state,
  status: 'waiting',
  hold: undefined,
  endedAt: undefined,
  waitingPosition: position,
});

/** Its timer is due when its hours begin; until then nobody holds it. */
const held = (state: KnownJob, event: RecordedEvent<JobHeld>): KnownJob => ({
  ...waiting(state, event),
  hold: event.data,
  waitingSince: event.recordedtime,
  delayMs: Math.max(0, Date.parse(event.data.until) - Date.parse(event.recordedtime)),
});

const released = (state: KnownJob, event: RecordedEvent<JobReleased>): KnownJob => ({
  ...waiting(state, event),
  ...(event.data.by === 'operator' ? { releasedByOperator: true } : {}),
  waitingSince: event.recordedtime,
  delayMs: 0,
});

const started = (state: KnownJob, { data, position }: RecordedEvent<JobStarted>): KnownJob => ({
  ...state,
  status: 'running',
  attempt: data.attempt,
  attemptsInRound: state.attemptsInRound + 1,
  started: data,
  progress: undefined,
  attemptPosition: position,
});

const restarted = (state: KnownJob, event: RecordedEvent<JobRestarted>): KnownJob => ({
  ...waiting(state, event),
  settings: { ...state.settings, ...event.data.settings },
  attemptsInRound: 0,
  waitingSince: event.recordedtime,
  delayMs: 0,
});
