import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { instantAfter, millisecondsBetween } from './instant.js';

const instants = fc
  .date({ min: new Date('1970-01-01T00:00:00.000Z'), max: new Date('2200-01-01T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe('instants', () => {
  it('counts across the end of a year', () => {
    expect(instantAfter('2025-12-31T23:59:59.750Z', 500)).toBe('2026-01-01T00:00:00.250Z');
    expect(millisecondsBetween('2025-12-31T23:59:59.750Z', '2026-01-01T00:00:00.250Z')).toBe(500);
  });

  it('lies as far after an instant as was asked', () => {
    fc.assert(
      fc.property(instants, fc.nat(1e9), (from, milliseconds) => {
        expect(millisecondsBetween(from, instantAfter(from, milliseconds))).toBe(milliseconds);
      }),
    );
  });

  it('sorts as text in order of time', () => {
    fc.assert(
      fc.property(instants, instants, (a, b) => {
        expect(a < b).toBe(millisecondsBetween(a, b) > 0);
      }),
    );
  });
});
