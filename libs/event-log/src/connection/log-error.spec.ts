import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from './log-error.js';

const refused = (code: string): Error => Object.assign(new pg.DatabaseError('no', 2, 'error'), { code });
const fromSystem = (code: string, syscall: string): Error => Object.assign(new Error(code), { code, syscall });

describe('isDatabaseAway', () => {
  it.each([
    ['starting up', refused('57P03')],
    ['shutting down', refused('57P01')],
    ['a connection that broke', refused('08006')],
    ['out of disk', refused('53100')],
    ['nobody there', fromSystem('ECONNREFUSED', 'connect')],
    ['no socket there', fromSystem('ENOENT', 'connect')],
    ['a connection cut off', new Error('Connection terminated unexpectedly')],
    ['no connection in time', new Error('timeout exceeded when trying to connect')],
    ['one of these from TypeORM', Object.assign(new Error('failed'), { driverError: refused('57P03') })],
  ])('knows it by %s', (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a constraint', refused('23505')],
    ['a statement that took too long', refused('57014')],
    ['a deadlock', refused('40P01')],
    ['a missing table', refused('42P01')],
    ['a fault of the program', new TypeError('x is undefined')],
    ['something else', new Error('there are no rules')],
    ['a code without the system', Object.assign(new Error('no'), { code: 'ENOENT' })],
    ['no error', 'ECONNREFUSED'],
  ])('does not take %s for it', (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
