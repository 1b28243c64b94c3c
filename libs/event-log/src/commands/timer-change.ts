import type { Due } from '@waystation/domain';
import type { Instant } from '@waystation/kernel';
import type { TimerSetting } from '../append/append-unit.js';

const isSame = (a: Due, b: Due): boolean =>
  a.queue === b.queue &&
  a.since === b.since &&
  a.afterMs === b.afterMs &&
  a.urgent === b.urgent &&
  a.waitsFor === b.waitsFor;

/**
 * What an append must do to the timer of a stream.
 * @param provisional the recorded time that events had while they were decided; the database sets the real one
 * @returns the new setting, null to clear the timer, undefined to leave it as it is
 */
export const timerChange = (
  before: Due | undefined,
  after: Due | undefined,
  provisional: Instant,
): TimerSetting | null | undefined => {
  if (!after) return before ? null : undefined;
  if (before && isSame(before, after)) return undefined;
  const { since, ...setting } = after;
  return since === provisional ? setting : { ...setting, since };
};
