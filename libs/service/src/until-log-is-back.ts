import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from '@waystation/kernel';

const PAUSE_MS = 250;

/**
 * Repeats a write of what has happened for as long as the log is away: nobody else knows it.
 * @throws what keeps it from being written otherwise, and `log.unavailable` where the signal ends the wait
 */
export const untilLogIsBack = async <Result>(write: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (signal.aborted || !(hasCode(error, 'log.unavailable') || hasCode(error, 'log.outcome-unknown'))) throw error;
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
};
