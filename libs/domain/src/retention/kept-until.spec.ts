import { ConfigurationDocument, type Ended } from '@waystation/events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndedFate } from './fate.js';
import { keptUntil, letsAnythingGo } from './kept-until.js';

const endedAt = '2026-01-31T12:00:00.000Z';
const fate = (ended: Ended, rules: readonly string[] = []): EndedFate => ({ what: 'ended', ended, endedAt, rules });
const retaining = (retention: object) => ConfigurationDocument.parse({ retention });

describe('How long objects are kept', () => {
  it('is for ever where nothing is said', () => {
    const nothing = ConfigurationDocument.parse({});
    expect(letsAnythingGo(nothing)).toBe(false);
    for (const ended of ['delivered', 'undelivered', 'undecided', 'discarded', 'derived'] as const)
      expect(keptUntil(nothing, fate(ended), 'WAYSTATION')).toMatchObject({ until: undefined, policy: undefined });
  });

  it('counts in days from when all was over, and says why', () => {
    const document = retaining({ keep: { deliveredDays: 1.5 } });
    expect(keptUntil(document, fate('delivered'), 'WAYSTATION')).toEqual({
      policy: undefined,
      days: 1.5,
      until: '2026-02-02T00:00:00.000Z',
      because: `everything asked for was done at ${endedAt}; where no policy fits, it is kept for 1.5 days`,
    });
    expect(keptUntil(document, fate('undelivered'), 'WAYSTATION').until).toBeUndefined();
    expect(letsAnythingGo(document)).toBe(true);
  });

  it('is said by the first policy that fits AE title and rule; what that leaves out is kept for ever', () => {
    const document = retaining({
      policies: [
        { name: 'research', calledAeTitles: ['RESEARCH '], keep: { deliveredDays: 1 } },
        { name: 'CT', rules: ['CT'], keep: { discardedDays: 2 } },
      ],
      keep: { deliveredDays: 3 },
    });
    const policyOf = (rules: readonly string[], title: string | undefined) => {
      const { policy, days } = keptUntil(document, fate('delivered', rules), title);
      return [policy, days];
    };
    expect(policyOf(['CT'], 'RESEARCH')).toEqual(['research', 1]);
    expect(policyOf(['CT'], 'WAYSTATION')).toEqual(['CT', undefined]);
    expect(policyOf(['MR'], undefined)).toEqual([undefined, 3]);
  });

  it('is never ended by a policy for something else', () => {
    const kinds = ['delivered', 'undelivered', 'undecided', 'discarded', 'derived'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...kinds), fc.nat(1000), (said, ended, days) => {
        const { until } = keptUntil(retaining({ keep: { [`${said}Days`]: days } }), fate(ended), undefined);
        expect(until !== undefined).toBe(said === ended);
      }),
    );
  });
});
