import { describe, expect, expectTypeOf, it } from 'vitest';
import { CodedError, hasCode } from './coded-error.js';

describe('CodedError', () => {
  it('carries its code, its sentence and its details', () => {
    const error = new CodedError('log.wrong-expected-version', 'expected version 1, found 2', {
      details: { found: 2 },
    });
    expect(error).toMatchObject({
      name: 'CodedError',
      code: 'log.wrong-expected-version',
      message: 'expected version 1, found 2',
      details: { found: 2 },
    });
  });

  it('keeps what caused it', () => {
    const cause = new Error('socket hang up');
    expect(new CodedError('broker.gone', 'the broker is gone', { cause }).cause).toBe(cause);
  });

  it('has neither a cause nor details where none are given', () => {
    const error = new CodedError('broker.gone', 'the broker is gone');
    expect(error).not.toHaveProperty('cause');
    expect(error.details).toEqual({});
  });
});

describe('hasCode', () => {
  it('knows an error by its code', () => {
    const error: unknown = new CodedError('broker.gone', 'the broker is gone');
    expect(hasCode(error, 'broker.gone')).toBe(true);
    expect(hasCode(error, 'broker.full')).toBe(false);
  });

  it('knows an error of another copy of this package', () => {
    expect(hasCode(Object.assign(new Error('the broker is gone'), { code: 'broker.gone' }), 'broker.gone')).toBe(true);
  });

  it('promises no more of it than the code', () => {
    const thrown: unknown = Object.assign(new Error('the broker is gone'), { code: 'broker.gone' });
    if (!hasCode(thrown, 'broker.gone')) throw thrown;
    expect([thrown.code, thrown.message]).toEqual(['broker.gone', 'the broker is gone']);
    expectTypeOf(thrown).not.toHaveProperty('details');
  });

  it.each([undefined, null, 'broker.gone', { code: 'broker.gone' }, new Error('broker.gone')])(
    'takes %j for no coded error',
    (thrown) => {
      expect(hasCode(thrown, 'broker.gone')).toBe(false);
    },
  );
});
