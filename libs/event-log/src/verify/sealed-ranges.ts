import { LogSealed, LogSigningKeyChanged, streamName, type RecordedEvent } from '@waystation/events';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import type { ProblemList } from './problem-list.js';

/** A seal and where it is in the log. */
export interface SealedRange extends Seal {
  readonly position: number;
}

const PAGE = 500;

/**
 * The seals of a log in order, some at a time.
 * @param onKeyChange told of what the log says about keys, in order with the seals
 */
export async function* sealedRanges(
  log: EventLog,
  problems: ProblemList,
  onKeyChange: (event: RecordedEvent, change: LogSigningKeyChanged['data']) => void = () => undefined,
): AsyncGenerator<SealedRange> {
  for (let after = 0; ; after += PAGE) {
    const events = await log.readStream(streamName.log, { after, through: after + PAGE });
    for (const event of events) {
      const { position, type, data } = event;
      if (type === LogSealed.type) {
        const seal = LogSealed.schema.safeParse(data);
        if (seal.success) yield { ...seal.data, position };
        else problems.add(position, 'log.broken-chain', `the seal at position ${position} cannot be read`);
      }
      if (type === LogSigningKeyChanged.type) {
        const change = LogSigningKeyChanged.schema.safeParse(data);
        if (change.success) onKeyChange(event, change.data);
        else problems.add(position, 'log.wrong-key', `the change of keys at position ${position} cannot be read`);
      }
    }
    if (events.length === 0) return;
  }
}
