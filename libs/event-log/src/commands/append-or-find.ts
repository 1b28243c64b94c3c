import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { AppendUnit } from '../append/append-unit.js';
import type { EventLog } from '../event-log.js';
import { isSameWriting } from './is-same-writing.js';

const TRIES = 5;
const PAUSE_MS = 50;

/**
 * Appends a unit that begins with `stream` at version `base`. Where the session is lost meanwhile, it finds out whether
 * the unit was written: by looking, and by sending the very same unit again, which the version it expects keeps from
 * being written twice however late the first one arrives.
 * @throws what {@link EventLog.append} throws; log.outcome-unknown only where the database stays away
 */
export const appendOrFind = async (
  log: EventLog,
  unit: AppendUnit,
  stream: string,
  base: number,
): Promise<readonly RecordedEvent[]> => {
  const written = unit.parts.filter((part) => part.stream === stream).flatMap((part) => part.events).length;
  let unknown: unknown;
  for (let tries = 1; ; tries++) {
    try {
      return (await log.append(unit)).filter((event) => event.stream === stream);
    } catch (error) {
      if (hasCode(error, 'log.outcome-unknown')) unknown = error;
      else if (unknown === undefined) throw error;
      else if (hasCode(error, 'log.unavailable')) throw unknown;
      if (tries > TRIES || written === 0) throw unknown;
      const tail = await log.readStream(stream, { after: base }).catch(() => {
        throw unknown;
      });
      if (isSameWriting(unit, stream, tail)) return tail.slice(0, written);
      if (hasCode(error, 'log.wrong-expected-version')) throw error;
      await delay(PAUSE_MS * tries);
    }
  }
};
