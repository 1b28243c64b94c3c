import type { SealedForSeries } from '@waystation/domain';
import { identityPlace, type Facts, type Identity } from '@waystation/events';
import type { Recent } from '../keys/recent.js';
import type { DataKey } from './data-key.js';
import { factsText } from './facts-text.js';
import { sealIdentity } from './seal-identity.js';

/** What was sealed for the opening of a series. */
export interface SeriesOpening {
  readonly key: string;
  readonly text: string;
  readonly sealed: Identity;
}

/**
 * What identifies the patient of an instance, sealed where somebody asks: most instances say what the one before them
 * said, and then nothing is computed.
 */
export class SeriesSeal implements SealedForSeries {
  private readonly text: string;

  constructor(
    private readonly key: DataKey,
    private readonly uids: { readonly seriesInstanceUid: string; readonly sopInstanceUid: string },
    facts: Facts,
    private readonly openings: Recent<string, SeriesOpening>,
  ) {
    this.text = factsText(facts);
  }

  get seriesOpened(): Identity {
    const { key, text, openings } = this;
    const place = identityPlace.seriesOpened(this.uids.seriesInstanceUid);
    const known = openings.get(place);
    if (known?.key === key.id && known.text === text) return known.sealed;
    const sealed = sealIdentity(key, place, text);
    openings.set(place, { key: key.id, text, sealed });
    return sealed;
  }

  get instanceStored(): Identity {
    const { seriesInstanceUid, sopInstanceUid } = this.uids;
    return sealIdentity(this.key, identityPlace.instanceStored(seriesInstanceUid, sopInstanceUid), this.text);
  }
}
