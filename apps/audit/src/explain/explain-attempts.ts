import type { AttemptExplained } from '@waystation/answers';
import type { DeliveryEvent } from '@waystation/domain';
import type { DeliveryAttempted, Recorded, RecordedEvent } from '@waystation/events';
import { plural, unreachable } from '@waystation/kernel';
import { groundOf } from './ground-of.js';

/** Every attempt of a delivery, with why it ended as it did. @param events of the delivery, in order */
export const explainAttempts = (events: readonly Recorded<DeliveryEvent>[]): readonly AttemptExplained[] => {
  const attempts: AttemptExplained[] = [];
  for (const event of events) {
    const last = attempts.pop();
    if (event.type === 'delivery.attempted.v1') attempts.push(...(last === undefined ? [] : [last]), begun(event));
    else if (last !== undefined) attempts.push(after(last, event));
  }
  return attempts;
};

const begun = (event: RecordedEvent<DeliveryAttempted>): AttemptExplained => ({
  attempt: event.data.attempt,
  began: groundOf(event),
  worker: event.data.worker,
  configurationVersion: event.data.configurationVersion,
  mayRepeat: event.data.mayRepeat,
  ended: null,
  outcome: 'under way',
  delivered: 0,
  because: `${plural(event.data.instances, 'object')} without a receipt`,
  refusals: [],
  nextAfterMs: null,
});

const after = (attempt: AttemptExplained, event: Recorded<DeliveryEvent>): AttemptExplained => {
  switch (event.type) {
    case 'instance.delivered.v1':
      return { ...attempt, delivered: attempt.delivered + 1 };
    case 'delivery.succeeded.v1':
      return { ...attempt, ended: groundOf(event), outcome: 'succeeded', because: 'every object has a receipt' };
    case 'delivery.failed.v1': {
      const { code, reason, by, uncertain, refusals } = event.data;
      const doubt = uncertain ? '; objects without a receipt may have arrived all the same' : '';
      const who = by === 'waystation' ? 'broken off by Waystation: ' : '';
      const because = `${who}${reason} (${code})${doubt}`;
      return { ...attempt, ended: groundOf(event), outcome: 'failed', because, refusals };
    }
    case 'delivery.interrupted.v1': {
      const because = `its dispatcher ${event.data.worker} vanished`;
      return { ...attempt, ended: groundOf(event), outcome: 'interrupted', because };
    }
    case 'delivery.retry-scheduled.v1':
      return { ...attempt, nextAfterMs: event.data.delayMs };
    case 'delivery.requested.v1':
    case 'delivery.held.v1':
    case 'delivery.released.v1':
    case 'delivery.attempted.v1':
    case 'delivery.abandoned.v1':
    case 'delivery.redriven.v1':
      return attempt;
    default:
      return unreachable(event);
  }
};
