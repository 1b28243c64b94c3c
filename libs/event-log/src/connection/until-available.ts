import { setTimeout as delay } from 'node:timers/promises';
import { CONNECTION_TIMEOUT_MS } from './session-config.js';
import { isUnavailable, toLogError } from './log-error.js';

const PAUSE_MS = 100;

/**
 * Repeats what has no effect when it fails, over the restart of a database.
 * @throws log.unavailable after five seconds
 */
export const untilAvailable = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
  const deadline = Date.now() + CONNECTION_TIMEOUT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const fault = toLogError(error);
      if (!isUnavailable(fault) || Date.now() + PAUSE_MS > deadline) throw fault;
      await delay(PAUSE_MS);
    }
  }
};
