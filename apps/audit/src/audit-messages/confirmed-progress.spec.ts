import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfirmedProgress } from './confirmed-progress.js';

describe('ConfirmedProgress', () => {
  it('takes for arrived what was sent long enough ago', () => {
    const progress = new ConfirmedProgress(10, 1000);
    progress.send(11, 0);
    progress.send(12, 900);
    expect(progress.sent).toBe(12);
    expect([999, 1000, 1899, 1900].map((now) => progress.confirm(now))).toEqual([10, 11, 11, 12]);
  });

  it('never takes for arrived what was sent just now, and everything in the end', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(300), { minLength: 1, maxLength: 200 }), (pauses) => {
        const progress = new ConfirmedProgress(0, 1000);
        const sentAt: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          sentAt.push(now);
          progress.send(sentAt.length, now);
          const confirmed = progress.confirm(now);
          if (confirmed > 0) expect(now - (sentAt[confirmed - 1] ?? now)).toBeGreaterThanOrEqual(990);
        }
        expect(progress.confirm(now + 1000)).toBe(pauses.length);
      }),
    );
  });
});
