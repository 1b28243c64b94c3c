import { setTimeout } from 'node:timers/promises';

/** Waits, not at all for a time that is over, and not any longer once the signal is aborted. Never rejects. */
export const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  if (milliseconds <= 0) return;
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
};
