import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { isOutage } from './is-outage.js';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });

describe('isOutage', () => {
  it.each([
    ['the database', away],
    ['the log, because its database is', new CodedError('log.unavailable', 'away', { cause: away })],
    ['an append that was cut off', new CodedError('log.outcome-unknown', 'cut off', { cause: away })],
    ['the object store', new CodedError('object-store.unavailable', 'away')],
  ])('is one where what is away is %s', (_, error) => {
    expect(isOutage(error)).toBe(true);
  });

  it.each([
    ['a rule', new CodedError('routing.no-rules', 'there are none')],
    ['the log, for what was asked of it', new CodedError('log.refused', 'no', { cause: new Error('23505') })],
    ['an object that is not there', new CodedError('object-store.not-found', 'no')],
    ['a fault of the program', new TypeError('x is undefined')],
  ])('is none where it fails for %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
