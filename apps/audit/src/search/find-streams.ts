import type { FoundStream } from '@waystation/answers';
import type { EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** Streams by their names, in the order of the names; those that are not there are left out. */
export const findStreams = async (log: EventLog, names: readonly string[]): Promise<readonly FoundStream[]> => {
  const { rows } = await log.pool.query<Record<'stream' | 'version' | 'first' | 'last', string>>(
    `select s.stream_id as stream, s.version, s.first_position as first, s.last_position as last
      from unnest($1::text[]) with ordinality n (name, place) join log.stream s on s.stream_id = n.name order by n.place`,
    [names],
  );
  return rows.map(({ stream, version, first, last }) => ({
    stream,
    events: Number(version),
    firstPosition: Number(first),
    lastPosition: Number(last),
  }));
};

/** Which streams go by an id: UIDs and ids are unique, so that there is hardly ever more than one. */
export const findById = (log: EventLog, id: string): Promise<readonly FoundStream[]> =>
  findStreams(log, [
    streamName.series(id),
    streamName.study(id),
    streamName.job(id),
    streamName.delivery(id),
    streamName.notification(id),
    streamName.association(id),
    id,
  ]);
