import { LogSealed, streamName, type RecordedEvent } from '@waystation/events';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import type { ProblemList } from './problem-list.js';

/** A seal and where it is in the log. */
export interface SealedRange extends Seal {
  readonly position: number;
}

const PAGE = 500;

const parse = ({ position, data }: RecordedEvent, problems: ProblemList): SealedRange | undefined => {
  const seal = LogSealed.schema.safeParse(data);
  if (seal.success) return { ...seal.data, position };
  problems.add(position, 'log.broken-chain', `the seal at position ${position} cannot be read`);
  return undefined;
};

/** The seals of a log in order, some at a time. */
export async function* sealedRanges(log: EventLog, problems: ProblemList): AsyncGenerator<SealedRange> {
  for (let after = 0; ; after += PAGE) {
    const events = await log.readStream(streamName.log, { after, through: after + PAGE });
    for (const event of events) {
      const seal = event.type === LogSealed.type ? parse(event, problems) : undefined;
      if (seal) yield seal;
    }
    if (events.length === 0) return;
  }
}
