import { LogSealed, streamName } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import { lastSeal } from '../seal/last-seal.js';
import type { Seal } from '../seal/seal-hash.js';

const PAGE = 50;

/** The first sequence of the stream `log` behind a position: halving, because positions ascend with sequences. */
const firstBehind = async (log: EventLog, position: number, last: number): Promise<number> => {
  let [low, high] = [1, last];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [event] = await log.readStream(streamName.log, { after: middle - 1, through: middle });
    if (event && event.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The seal that covers a position, and where it is. It comes behind every position that it covers.
 * @throws log.not-sealed-yet
 */
export const findSeal = async (
  log: EventLog,
  position: number,
): Promise<{ readonly seal: Seal; readonly position: number }> => {
  const last = await lastSeal(log.pool);
  if (position <= last.to) {
    for (let after = (await firstBehind(log, position, last.version)) - 1; after < last.version; after += PAGE) {
      const events = await log.readStream(streamName.log, { after, through: after + PAGE });
      for (const event of events) {
        const seal = event.type === LogSealed.type ? LogSealed.schema.parse(event.data) : undefined;
        if (seal && seal.from <= position && seal.to >= position) return { seal, position: event.position };
      }
    }
  }
  const message = `position ${position} is not under a seal yet: the last seal ends at position ${last.to}`;
  throw new CodedError('log.not-sealed-yet', message);
};
