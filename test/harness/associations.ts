import { asSuperuser } from './database.js';
import { databaseUrlOf, type Standalone } from './standalone.js';
import { eventually } from './waystation.js';

/** What was written down about an association. */
export interface AssociationStory {
  readonly accepted: Readonly<Record<string, unknown>>;
  /** Type of the event that ended it. */
  readonly ended: string;
}

/** The associations of a caller, when so many have ended, in the order in which they began. */
export const associationsOf = (
  { dataFolder }: Standalone,
  caller: string,
  count = 1,
): Promise<readonly AssociationStory[]> =>
  eventually(`${count} associations of ${caller} to end`, async () => {
    const sql = `select first.data as accepted, last.type as ended
      from log.event first join log.event last on last.stream_no = first.stream_no and last.position > first.position
      where first.type = 'association.accepted.v1' and first.data->>'callingAeTitle' = $1
        and last.type in ('association.released.v1', 'association.aborted.v1', 'association.lost.v1')
      order by first.position`;
    const stories = await asSuperuser<AssociationStory & Record<string, unknown>>(
      await databaseUrlOf(dataFolder),
      sql,
      [caller],
    );
    return stories.length >= count ? stories : undefined;
  });

/** How many associations a log knows. */
export interface AssociationCounts {
  readonly accepted: number;
  readonly lost: number;
  readonly ended: number;
}

/** Waits until every association of a log has an end. */
export const untilAllEnded = (databaseUrl: string): Promise<AssociationCounts> =>
  eventually('every association to end', async () => {
    const sql = `select count(*) filter (where type = 'association.accepted.v1')::int as accepted,
      count(*) filter (where type = 'association.lost.v1')::int as lost,
      count(*) filter (where type ~ '^association.(released|aborted|lost).v1$')::int as ended from log.event`;
    const [row] = await asSuperuser<AssociationCounts & Record<string, unknown>>(databaseUrl, sql);
    return row?.accepted === row?.ended ? row : undefined;
  });
