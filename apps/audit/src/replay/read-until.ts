import type { EventLog } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';

const PAGE = 1000;

/** The events of a stream up to a position of the log; of a long stream it reads hardly more than those. */
export const readUntil = async (
  log: Pick<EventLog, 'readStream'>,
  stream: string,
  position: number,
): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (;;) {
    const after = events.length;
    const page = await log.readStream(stream, { after, through: after + PAGE });
    events.push(...page.filter((event) => event.position <= position));
    if (events.length < after + PAGE) return events;
  }
};
