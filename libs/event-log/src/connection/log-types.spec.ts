import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantFromPostgres } from './log-types.js';

describe('instantFromPostgres', () => {
  it('reads every number of decimals that Postgres writes', () => {
    expect(instantFromPostgres('2026-01-31 12:00:00+00')).toBe('2026-01-31T12:00:00.000Z');
    expect(instantFromPostgres('2026-01-31 12:00:00.5+00')).toBe('2026-01-31T12:00:00.500Z');
    expect(instantFromPostgres('2026-01-31 12:00:00.507+00')).toBe('2026-01-31T12:00:00.507Z');
  });

  it('gives back the instant, for any millisecond', () => {
    const range = {
      min: new Date('1970-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(range), (date) => {
        const iso = date.toISOString();
        const decimals = iso.slice(20, 23).replace(/0+$/, '');
        const postgres = `${iso.slice(0, 10)} ${iso.slice(11, 19)}${decimals && '.'}${decimals}+00`;
        expect(instantFromPostgres(postgres)).toBe(iso);
      }),
    );
  });
});
