import { exampleJob, given, recorded } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { digestOfInstances } from './digest-of-instances.js';
import type { FailJob, RestartJob, StartJob, SucceedJob, TimeOutJob } from './job-command.js';
import { jobDecider } from './job-decider.js';
import { derivedBy } from './job-state.js';

const j = exampleJob;
const start = (worker = 'anonymizer-1'): StartJob => ({ kind: 'start-job', ...j.run, worker, retry: j.retry });
const succeed = (attempt: number, ...numbers: number[]): SucceedJob => ({
  kind: 'succeed-job',
  attempt,
  outputs: numbers.map(j.output),
  files: [],
  durationMs: 1200,
});
const fail = (attempt: number, changes: Partial<FailJob> = {}): FailJob => ({
  kind: 'fail-job',
  ...j.failed(attempt).data,
  retry: j.retry,
  jitter: 0,
  ...changes,
});
const timeOut = (attempt: number): TimeOutJob => ({
  kind: 'time-out-job',
  ...j.timedOut(attempt).data,
  retry: j.retry,
  jitter: 0,
});
const cancel = { kind: 'cancel-job', reason: 'nobody needs it' } as const;
const restart: RestartJob = { kind: 'restart-job', reason: 'the licence is back' };
const second = (n: number) => `2026-01-01T00:00:0${n}.000Z`;
/** What looks how long a job is kept that is over. */
const keptSince = (n: number) => ({
  queue: 'retention',
  since: second(n),
  afterMs: 10_000,
  waitsFor: 'configuration/retention',
});
const outputsOf = (...numbers: number[]) => ({
  instances: numbers.length,
  digest: digestOfInstances(numbers.map(j.output)),
});

describe('a job', () => {
  it('waits in the queue of its module from the moment it is requested', () => {
    given(jobDecider, [j.requested()])
      .thenState({ status: 'waiting', attempt: 0, settings: { dates: 'modified' } })
      .thenDue({ queue: 'module.anonymizer', since: second(0), afterMs: 0 });
  });

  it('waits in the queue of the app where the module is called otherwise, and goes first where it is urgent', () => {
    given(jobDecider, [j.requested({ module: 'strict', app: 'anonymizer', priority: 'urgent' })]).thenDue({
      queue: 'module.anonymizer',
      since: second(0),
      afterMs: 0,
      urgent: true,
    });
  });

  it('runs once a worker took it, and its timer stays as it is', () => {
    given(jobDecider, [j.requested()])
      .when(start())
      .then([j.started(1)])
      .thenState({ status: 'running', attempt: 1, attemptsInRound: 1 })
      .thenDue({ queue: 'module.anonymizer', since: second(0), afterMs: 0 });
  });

  it('knows which event made it wait and which one began the attempt, wherever they are in the log', () => {
    given(jobDecider, [
      recorded(j.requested(), { sequence: 1, position: 40 }),
      recorded(j.started(1), { sequence: 2, position: 45 }),
    ]).thenState({ waitingPosition: 40, attemptPosition: 45 });
  });

  it('says how far it is, from nothing again in every attempt', () => {
    const half = given(jobDecider, [j.requested(), j.started(1)])
      .when({ kind: 'record-progress', attempt: 1, fraction: 0.5 })
      .then([j.progressed(1, 0.5)])
      .thenState({ progress: { fraction: 0.5 } });
    half.when(fail(1)).when(start()).thenState({ progress: undefined });
  });

  it('has everything that its module made at once with its success, and asks only how long that is kept', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(succeed(1, 2, 1))
      .then([j.derived(2), j.derived(1), j.succeeded(1, { outputs: outputsOf(1, 2) })])
      .thenState((state) => {
        if (state.status !== 'succeeded') throw new Error(`expected success, got ${state.status}`);
        expect(derivedBy(state, 1)).toEqual([j.derived(1).data, j.derived(2).data]);
      })
      .thenDue(undefined);
  });

  it('does not take two objects of one UID from a module', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(succeed(1, 1, 1))
      .thenThrows('job.output-twice');
  });

  it('that nobody requested is unknown to every command', () => {
    given(jobDecider).when(start()).thenThrows('job.unknown');
  });
});

describe('an attempt that fails', () => {
  it('is followed by another one after a delay that grows', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(fail(1))
      .then([j.failed(1), j.retryScheduled(2, 10_000)])
      .thenState({
        status: 'waiting',
        lastFailure: { code: 'job.exit-code', reason: 'the module ended with exit code 3' },
      })
      .thenDue({ queue: 'module.anonymizer', since: second(3), afterMs: 10_000 })
      .when(start())
      .when(fail(2))
      .then([j.failed(2), j.retryScheduled(3, 20_000)]);
  });

  it('is the last one where the policy allows no other', () => {
    given(jobDecider, [j.requested(), j.started(1), j.failed(1), j.started(2), j.failed(2), j.started(3)])
      .when(fail(3))
      .then([j.failed(3), j.abandoned(3)])
      .thenState({ status: 'abandoned' })
      .thenDue(undefined);
  });

  it('is the last one where trying again cannot help', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(fail(1, { retryable: false }))
      .then([j.failed(1, { retryable: false }), j.abandoned(1)]);
  });

  it('costs the module nothing where Waystation broke it off', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(fail(1, { by: 'waystation' }))
      .then([j.failed(1, { by: 'waystation' }), j.retryScheduled(2, 10_000)])
      .thenState({ attemptsInRound: 0 });
  });

  it('may have taken too long, and is retried like any other', () => {
    const code = 'job.timed-out';
    const reason = 'the module was not done after 60 s, the longest that it may take';
    const first = given(jobDecider, [j.requested(), j.started(1)])
      .when(timeOut(1))
      .then([j.timedOut(1), j.retryScheduled(2, 10_000)])
      .thenState({ lastFailure: { code, reason } });
    first
      .when(start())
      .when(timeOut(2))
      .when(start())
      .when(timeOut(3))
      .then([j.timedOut(3), j.abandoned(3, { code, reason })]);
  });
});

describe('an attempt whose worker vanished', () => {
  const reason = "worker 'anonymizer-1' vanished in the middle of attempt 1; 'anonymizer-2' found it";
  const lost = (attempt: number, why: string) => {
    const { attempt: _attempt, durationMs: _duration, ...data } = j.failed(attempt).data;
    return { type: 'job.failed.v1', data: { attempt, ...data, code: 'job.worker-lost', reason: why } } as const;
  };

  it('has failed, and the next worker begins another one at once', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(start('anonymizer-2'))
      .then([lost(1, reason), j.started(2, { worker: 'anonymizer-2' })]);
  });

  it('cannot be finished by it any more', () => {
    const taken = given(jobDecider, [j.requested(), j.started(1)]).when(start('anonymizer-2'));
    taken.when(succeed(1, 1)).thenThrows('job.superseded');
    taken.when(fail(1)).thenThrows('job.superseded');
    taken.when(timeOut(1)).thenThrows('job.superseded');
    taken.when({ kind: 'record-progress', attempt: 1 }).thenThrows('job.superseded');
  });

  it('is the last one where the policy allows no other: what kills every worker is given up', () => {
    given(jobDecider, [j.requested(), j.started(1), j.failed(1), j.started(2), j.failed(2), j.started(3)])
      .when(start('anonymizer-2'))
      .thenState({
        status: 'abandoned',
        lastFailure: { code: 'job.worker-lost', reason: reason.replace('attempt 1', 'attempt 3') },
      });
  });

  it('is begun by nobody once the job is over', () => {
    given(jobDecider, [j.requested(), j.started(1), j.succeeded(1)])
      .when(start())
      .then([]);
    given(jobDecider, [j.requested(), j.started(1), j.abandoned(1)])
      .when(start())
      .then([]);
    given(jobDecider, [j.requested(), j.cancelled()]).when(start()).then([]);
  });
});

describe('a job that somebody cancels', () => {
  it.each([
    ['waits', [j.requested()]],
    ['runs', [j.requested(), j.started(1)]],
  ])('is over at once where it %s, and asks at most how long what it left is kept', (_what, history) => {
    given(jobDecider, history)
      .when(cancel)
      .then([j.cancelled()])
      .thenState({ status: 'cancelled' })
      .thenDue(history.length > 1 ? keptSince(2) : undefined)
      .when(cancel)
      .then([]);
  });

  it('cannot be finished by the worker that still ran for it', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(cancel)
      .when(succeed(1, 1))
      .thenThrows('job.superseded');
  });

  it('has to wait or run', () => {
    given(jobDecider, [j.requested(), j.started(1), j.succeeded(1)])
      .when(cancel)
      .thenThrows('job.not-cancellable');
  });
});

describe('a job that somebody restarts', () => {
  it.each([
    ['succeeded', [j.requested(), j.started(1), j.succeeded(1)]],
    ['was abandoned', [j.requested(), j.started(1), j.failed(1), j.abandoned(1)]],
    ['was cancelled', [j.requested(), j.started(1), j.cancelled()]],
    ['waits for another attempt', [j.requested(), j.started(1), j.failed(1), j.retryScheduled(2, 60_000)]],
  ])('is due at once with all its attempts where it %s', (_what, history) => {
    given(jobDecider, history)
      .when(restart)
      .then([j.restarted()])
      .thenState({ status: 'waiting', attempt: 1, attemptsInRound: 0 })
      .thenDue({ queue: 'module.anonymizer', since: second(history.length), afterMs: 0 })
      .when(start())
      .then([j.started(2)]);
  });

  it('keeps its settings but for those that it is given', () => {
    given(jobDecider, [j.requested({ settings: { dates: 'modified', pixels: 'kept' } }), j.cancelled()])
      .when({ ...restart, settings: { dates: 'removed' } })
      .thenState({ settings: { dates: 'removed', pixels: 'kept' } });
  });

  it('keeps what it made before apart from what it makes now', () => {
    const again = given(jobDecider, [j.requested(), j.started(1)])
      .when(succeed(1, 1, 2))
      .when(restart)
      .when(start())
      .when(succeed(2, 1));
    const { state } = again;
    if (state.status !== 'succeeded') throw new Error(`expected success, got ${state.status}`);
    expect(derivedBy(state, 1)).toHaveLength(2);
    expect(derivedBy(state, 2)).toEqual([j.derived(1, 2).data]);
  });

  it('must not be running', () => {
    given(jobDecider, [j.requested(), j.started(1)])
      .when(restart)
      .thenThrows('job.not-restartable');
  });
});
