import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { runFailureOf } from './run-failure.js';

describe('Why a run failed', () => {
  it.each([
    [new TypeError('Doe^Jane'), 'TypeError'],
    [Object.assign(new Error('Doe^Jane'), { name: 'Doe^Jane 1970' }), 'something'],
    ['Doe^Jane', 'something'],
    [undefined, 'something'],
  ])('is told without the words of the module: %s', (thrown, kind) => {
    const { reason, ...failure } = runFailureOf(thrown);
    expect(failure).toEqual({ code: 'job.module-failed', retryable: true, by: 'module', report: {} });
    expect(reason).toBe(`the module threw ${kind}; the log of the job has what it says`);
  });

  it('is told in the words of who chose them, with what is known of the run', () => {
    const details = { retryable: false, exitCode: 3, peakMemoryBytes: 7, imageDigest: 'sha256:0', other: 1 };
    expect(runFailureOf(new CodedError('container.failed', 'it ended with 3', { details }))).toEqual({
      code: 'container.failed',
      reason: 'it ended with 3',
      retryable: false,
      by: 'module',
      report: { exitCode: 3, peakMemoryBytes: 7, imageDigest: 'sha256:0' },
    });
  });

  it.each(['log.unavailable', 'object-store.unavailable', 'identity.wrong-key', 'container.engine-unreachable'])(
    'is ours where it is %s',
    (code) => {
      expect(runFailureOf(new CodedError(code, 'it is away'))).toMatchObject({ by: 'waystation', retryable: true });
    },
  );

  it('is a lack of room where the device is full', () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    expect(runFailureOf(full)).toMatchObject({ code: 'job.no-room', by: 'module' });
  });
});
