import { idOf, type RecordedEvent } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import { Entity, PrimaryColumn } from 'typeorm';
import { placedIdentityIn } from './placed-identity-in.js';

/** A word of the name of a patient, as a keyed hash. */
@Entity({ name: 'name_token' })
export class NameTokenView {
  @PrimaryColumn({ type: 'text' }) token: string;
  @PrimaryColumn({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  @PrimaryColumn({ type: 'uuid' }) key: string;
}

/** The lines that events make; none for patients who are forgotten. */
export const nameTokensOf = async (
  identities: Identities,
  events: readonly RecordedEvent[],
): Promise<readonly NameTokenView[]> => {
  const sealed = events.flatMap((event) => {
    const placed = placedIdentityIn(event);
    return placed === undefined ? [] : [{ placed, seriesInstanceUid: idOf(event.stream) }];
  });
  const opened = await identities.openAll(sealed.map(({ placed }) => placed));
  return sealed.flatMap(({ placed, seriesInstanceUid }, index) => {
    const facts = opened[index];
    const name = typeof facts === 'object' ? (facts['PatientName'] ?? '') : '';
    const { key } = placed.sealed;
    return identities.index.nameTokensOf(name).map((token) => ({ token, seriesInstanceUid, key }));
  });
};
