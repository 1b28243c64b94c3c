import type { IdentityErasureRequested, RecordedEvent } from '@waystation/events';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { NameTokenView } from './name-token.view.js';
import { RelatedStreamView } from './related-stream.view.js';
import { SealedSeriesView } from './sealed-series.view.js';

/** A patient that is being forgotten, or was. */
export interface Erasure {
  readonly stream: string;
  readonly keys: readonly string[];
  readonly position: number;
}

/** What an event forgets; undefined where nothing. */
export const erasureIn = ({ type, stream, position, data }: RecordedEvent): Erasure | undefined => {
  if (type !== 'identity.erasure-requested.v1' && type !== 'identity.forgotten.v1') return undefined;
  return { stream, position, keys: (data as IdentityErasureRequested['data']).keys };
};

/** Takes the patient out of the search, from the request on, and makes the erasure part of the history of the series. */
export const erase = async (manager: EntityManager, { stream, keys, position }: Erasure): Promise<void> => {
  const table = (view: EntityTarget<ObjectLiteral>): string => manager.getRepository(view).metadata.tablePath;
  await manager.query(`delete from ${table(NameTokenView)} where key = any($1::uuid[])`, [keys]);
  await manager.query(
    `insert into ${table(RelatedStreamView)} (series_instance_uid, stream)
     select distinct series_instance_uid, $2 from ${table(SealedSeriesView)} where key = any($1::uuid[]) and position < $3
     on conflict do nothing`,
    [keys, stream, position],
  );
};
