import type { OpenedIdentity, PlacedIdentity } from '@waystation/domain';
import type { Facts } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';

/** What has to be opened. */
export interface ToOpen {
  /** Undefined where there is nothing. */
  readonly representative: PlacedIdentity | undefined;
  /** Those of single objects, once that of the representative is known. */
  readonly each: (opened: OpenedIdentity) => ReadonlyMap<string, PlacedIdentity>;
}

/**
 * Opens who the patient is for the rules, which see nothing of it where it is forgotten; of single objects only where
 * rules look at each.
 * @throws CodedError as {@link Identities.open}
 */
export const openIdentity = async (
  identities: Identities,
  { representative, each }: ToOpen,
): Promise<OpenedIdentity> => {
  const identity = (representative && (await identities.open(representative))) ?? {};
  const placed = [...each({ identity })];
  if (placed.length === 0) return { identity };
  const opened = await identities.openAll(placed.map(([, one]) => one));
  return { identity, identities: new Map(placed.map(([uid, one], index) => [uid, factsIn(opened[index], one)])) };
};

const factsIn = (opened: Facts | 'forgotten' | 'damaged' | undefined, { place }: PlacedIdentity): Facts => {
  if (opened === 'damaged')
    throw new CodedError(
      'identity.damaged',
      `the identity at '${place}' does not open: it is not what was sealed there`,
    );
  return opened === undefined || opened === 'forgotten' ? {} : opened;
};
