import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from './s3-fault.js';

/** Before the second and the third try; up to as much again at random. */
const pausesMs = [100, 400] as const;

/** Tries an operation that may be repeated up to three times, as long as it fails for a reason that may pass. */
export const insist = async <T>(operation: () => Promise<T>): Promise<T> => {
  for (const pause of pausesMs) {
    try {
      return await operation();
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
    await delay(pause * (1 + Math.random()));
  }
  return operation();
};
