import { AppModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoredInput } from '../input/stored-input.js';
import type { ModuleRunner } from '../module/module-runner.js';
import { OutputStage } from '../output/output-stage.js';
import { CapturedLog } from './captured-log.js';
import { runAttempt, type Attempt } from './run-attempt.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const timedOut = new CodedError('job.timed-out', 'it took too long');

/** An attempt of a module that is run like this. */
const attemptOf = (run: ModuleRunner['run'], says: object = {}) => {
  const abort = new AbortController();
  const stuck = vi.fn<() => void>();
  const log = new CapturedLog();
  const output = new OutputStage({
    objects: { put: () => Promise.resolve(), putFile: () => Promise.resolve() },
    folder: '/nowhere',
    prefix: 'derived/job/1',
    limits: { entries: 1, bytes: 1 },
  });
  const executor = { kind: 'app', name: 'app', version: '1' } as const;
  const attempt: Attempt = {
    runner: { takes: () => true, prepare: () => Promise.resolve(executor), run },
    module: AppModule.parse({ name: 'app', kind: 'app', ...says }),
    job: { id: 'job', attempt: 1, module: 'app', step: 0, studyInstanceUid: '1.2.3', settings: {} },
    input: new StoredInput('1.2.3', [], { get: () => Promise.reject(new Error('there is nothing')) }),
    progress: () => undefined,
    onStuck: stuck,
    signal: abort.signal,
    ...{ executor, output, log },
  };
  return { attempt, abort, stuck, output, log };
};

describe('An attempt', () => {
  it('is over with what the module made and said', async () => {
    const { attempt } = attemptOf(async (_module, _job, _input, output) => {
      output.setResult({ well: true });
      return { exitCode: 0 };
    });
    expect(await runAttempt(attempt)).toMatchObject({ report: { exitCode: 0 }, output: { result: { well: true } } });
  });

  it('of a module that makes nothing fails, and has the record of the run', async () => {
    const { attempt } = attemptOf(() => Promise.resolve({ exitCode: 0 }));
    await expect(runAttempt(attempt)).rejects.toMatchObject({
      code: 'job.output-nothing',
      details: { exitCode: 0, retryable: false },
    });
  });

  it('of a module that makes nothing is well where that is what it may do', async () => {
    const { attempt } = attemptOf(() => Promise.resolve({}), { output: 'optional' });
    expect(await runAttempt(attempt)).toMatchObject({ output: { instances: [], files: [], result: undefined } });
  });

  it('of a module that finds something without making an object is well', async () => {
    const { attempt } = attemptOf(async (_module, _job, _input, output) => {
      output.setResult({});
      return {};
    });
    expect(await runAttempt(attempt)).toMatchObject({ output: { result: {} } });
  });

  it('that was told to stop ends with the reason, whatever the module says then', async () => {
    const { attempt, abort } = attemptOf((_module, _job, _input, _output, { signal }) => {
      signal.throwIfAborted();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({})));
    });
    const over = expect(runAttempt(attempt)).rejects.toBe(timedOut);
    abort.abort(timedOut);
    await over;
  });

  it('is not begun where it was told to stop before', async () => {
    const run = vi.fn<ModuleRunner['run']>();
    const { attempt, abort } = attemptOf(run);
    abort.abort(timedOut);
    await expect(runAttempt(attempt)).rejects.toBe(timedOut);
    expect(run).not.toHaveBeenCalled();
  });

  it('of a module that goes on is over when its grace is, and its output is closed', async () => {
    const { attempt, abort, stuck, output } = attemptOf(() => new Promise(() => undefined));
    const over = expect(runAttempt(attempt)).rejects.toBe(timedOut);
    abort.abort(timedOut);
    await vi.runAllTimersAsync();
    await over;
    expect(stuck).toHaveBeenCalledOnce();
    expect(() => output.setResult({})).toThrow(expect.objectContaining({ code: 'job.output-closed' }));
  });

  it('keeps the words of a failure in its log', async () => {
    const { attempt, log } = attemptOf(() => Promise.reject(new Error('Doe^Jane is too bright')));
    await expect(runAttempt(attempt)).rejects.toThrow('Doe^Jane');
    expect(log.bytes()?.toString()).toMatch(/error Error: Doe\^Jane is too bright/);
  });
});
