import { fold, seriesDecider, type KnownSeries, type SeriesEvent } from '@waystation/domain';
import { queryRows, type EventLog } from '@waystation/event-log';
import { readAsNewest, type Recorded, type RecordedEvent, type SeriesRouted } from '@waystation/events';
import { CodedError, type Instant } from '@waystation/kernel';

/** A decision as the log has it. */
export type Routed = RecordedEvent<SeriesRouted>;

/** How much of a series is read: what its representative says, or all of its objects. */
export type Extent = 'representative' | 'all-objects';

/** Series that are read at the same time. */
const TOGETHER = 4;

// Only two rows of hundreds leave the database: the first, and that of the representative. Where the segment has left it, the
// rows are missing.
const statement = {
  name: 'what-if-series-before',
  text: `select asked.place, e.position, e.version, e.type, e.occurred_at, e.recorded_at, e.data
    from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality asked (stream_id, before, representative, place)
    join log.stream s on s.stream_id = asked.stream_id
    cross join lateral (
      select * from log.event e
      where e.stream_no = s.stream_no and e.position >= s.first_position and e.position < asked.before
        and (e.version = 1 or e.type = 'series.completed.v1' or e.type = 'instance.stored.v1'
          and strpos(e.data::text, '"sopInstanceUid":"' || asked.representative || '"') > 0)
    ) e
    order by asked.place, e.version`,
};

type Row = readonly [
  place: number,
  position: number,
  sequence: number,
  type: string,
  time: Instant,
  recordedtime: Instant,
  data: string,
];

/**
 * The series as they were when they were decided, in the order of the decisions. With only the representative, they are the
 * fold of the few events that it takes to know what that one says of itself.
 */
export const seriesBefore = async (
  log: EventLog,
  decisions: readonly Routed[],
  extent: Extent,
): Promise<readonly KnownSeries[]> => {
  const parts = extent === 'all-objects' ? new Map<number, RecordedEvent[]>() : await partsOf(log, decisions);
  const series: KnownSeries[] = [];
  for (let from = 0; from < decisions.length; from += TOGETHER) {
    const some = decisions.slice(from, from + TOGETHER);
    series.push(...(await Promise.all(some.map((each, at) => foldOf(log, each, parts.get(from + at + 1))))));
  }
  return series;
};

const partsOf = async (log: EventLog, decisions: readonly Routed[]): Promise<Map<number, RecordedEvent[]>> => {
  const rows = await queryRows<Row>(log.pool, statement, [
    decisions.map(({ stream }) => stream),
    decisions.map(({ position }) => position),
    decisions.map(({ data }) => data.representative),
  ]);
  const parts = new Map<number, RecordedEvent[]>();
  for (const [place, position, sequence, type, time, recordedtime, text] of rows) {
    const stream = decisions[place - 1]?.stream ?? '';
    const data = JSON.parse(text) as unknown;
    const event = readAsNewest({ type, data, position, stream, sequence, time, recordedtime, metadata: {} });
    parts.set(place, [...(parts.get(place) ?? []), event]);
  }
  return parts;
};

const foldOf = async (
  log: EventLog,
  { stream, sequence, data }: Routed,
  part: readonly RecordedEvent[] | undefined,
): Promise<KnownSeries> => {
  const few = part && stateAfter(part);
  if (few?.instances.get(data.representative) !== undefined) return few;
  const whole = stateAfter(await log.readStream(stream, { through: sequence - 1 }));
  if (whole?.instances.get(data.representative) !== undefined) return whole;
  throw new CodedError('what-if.no-representative', `${stream} has no instance ${data.representative}`);
};

const stateAfter = (events: readonly RecordedEvent[]): KnownSeries | undefined => {
  const state = fold(seriesDecider, events as unknown as readonly Recorded<SeriesEvent>[]);
  return state.status === 'unknown' ? undefined : state;
};
