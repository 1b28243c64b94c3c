import type { EventLog } from '@waystation/event-log';
import {
  AssociationSeriesNoted,
  idOf,
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  streamName,
} from '@waystation/events';
import { MOST_SERIES } from '../associations/most-series.js';

const ARRIVALS: readonly string[] = [InstanceStored.type, InstanceDuplicated.type, InstanceConflicted.type];

/** What of {@link EventLog} is read and written. */
type Log = Pick<EventLog, 'append' | 'clock' | 'replayTypes'>;

/**
 * The series that associations brought objects of, by association. No more than one event names are remembered of each: the
 * others are written down on the way, as the receiver would have done.
 * @param from position from where on all of them lie
 * @throws CodedError `log.unavailable`
 */
export const broughtSeries = async (
  log: Log,
  associations: ReadonlySet<string>,
  from: number,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> => {
  const brought = new Map([...associations].map((association) => [association, new Set<string>()]));
  for await (const { events } of log.replayTypes(ARRIVALS, { after: from - 1 }))
    for (const { stream, data } of events) {
      const { association } = data as InstanceStored['data'];
      const series = brought.get(association)?.add(idOf(stream));
      if (series === undefined || series.size < MOST_SERIES) continue;
      await note(log, association, [...series]);
      series.clear();
    }
  return brought;
};

const note = async (log: Log, association: string, series: string[]): Promise<void> => {
  const stream = streamName.association(association);
  await log.append({
    parts: [{ stream, expected: 'any', events: [AssociationSeriesNoted.of({ series })] }],
    time: log.clock.estimate(),
    metadata: { correlationid: stream, actor: { kind: 'service', name: 'ingest' } },
  });
};
