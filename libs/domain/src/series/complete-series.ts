import { createHash } from 'node:crypto';
import { SeriesCompleted } from '@waystation/events';
import { instantAfter, type Instant } from '@waystation/kernel';
import type { CompleteSeries } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries, SeriesState } from './series-state.js';

/** When the series counts as complete if nothing more arrives. */
export const quietUntil = (state: KnownSeries): Instant => instantAfter(state.lastReceivedAt, state.quietPeriodMs);

/**
 * Complete where nothing arrived for the quiet period and every object is in the object store; otherwise it is too early
 * and nothing happens.
 */
export const completeSeries = (state: SeriesState, { now }: CompleteSeries): readonly SeriesEvent[] => {
  if (state.status !== 'receiving' || state.spooled > 0 || now < quietUntil(state)) return [];
  const last = state.completions.at(-1);
  const { size } = state.instances;
  return [
    SeriesCompleted.of({
      revision: (last?.revision ?? 0) + 1,
      trigger: 'quiet',
      quietPeriodMs: state.quietPeriodMs,
      lastReceivedAt: state.lastReceivedAt,
      instances: size,
      newInstances: size - (last?.instances ?? 0),
      digest: digestOf(state),
    }),
  ];
};

const digestOf = (state: KnownSeries): string => {
  const hash = createHash('sha256');
  const instances = [...state.instances.values()].sort((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
  for (const { sopInstanceUid, object } of instances) hash.update(`${sopInstanceUid} ${object.sha256}\n`);
  return hash.digest('hex');
};
