import { identityOf, representativeOf, type KnownSeries, type OpenedIdentity } from '@waystation/domain';
import type { Rule } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { openIdentity } from '../ask-rules/open-identity.js';

/** Who the patients of series are, where a rule asks their objects one by one; nothing is opened where it does not. */
export const openedForFilters = async (
  identities: Identities,
  rule: Rule | undefined,
  series: Iterable<KnownSeries>,
): Promise<ReadonlyMap<string, OpenedIdentity>> => {
  const opened = new Map<string, OpenedIdentity>();
  if (rule === undefined || rule.targets.every((target) => typeof target === 'string')) return opened;
  for (const state of series) {
    const representative = representativeOf(state, Number.MAX_SAFE_INTEGER);
    const instances = [...state.instances.values()];
    const differ = instances.some(({ identity }) => identity !== undefined);
    const each = new Map(differ ? instances.map((one) => [one.sopInstanceUid, identityOf(state, one)]) : []);
    opened.set(
      state.seriesInstanceUid,
      await openIdentity(identities, {
        representative: representative && identityOf(state, representative),
        each: () => each,
      }),
    );
  }
  return opened;
};
