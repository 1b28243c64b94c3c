import type { RetryPolicy } from '@waystation/events';
import type { Part } from '../parts/part.js';
import { numberAt } from '../parts/values.js';

const STANDARD_DELAY_SECONDS = 900;
const STANDARD_ATTEMPTS = 5;

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** How often mercure tries: as many times for every target, at the same distance. */
export const retryOfMercure = (whole: Part): RetryPolicy => {
  const delay = whole.at('retry_delay');
  const attempts = whole.at('retry_max');
  const seconds = within(numberAt(delay, STANDARD_DELAY_SECONDS), 0.05, 86_400);
  const times = within(Math.round(numberAt(attempts, STANDARD_ATTEMPTS)), 1, 1000);
  delay.taken(`the retry of every target waits ${seconds} s each time`);
  attempts.taken(`the retry of every target makes ${times} attempts`);
  return { attempts: times, firstDelaySeconds: seconds, factor: 1, longestDelaySeconds: seconds };
};
