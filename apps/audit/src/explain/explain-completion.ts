import type { CompletionExplained } from '@waystation/answers';
import { quietUntil, type KnownSeries } from '@waystation/domain';
import type { RecordedEvent, SeriesCompleted, SeriesReopened } from '@waystation/events';
import { whyComplete as inAFewWords } from '../tell-history/why-complete.js';
import { groundOf } from './ground-of.js';

const arrivalTypes: ReadonlySet<string> = new Set([
  'instance.stored.v1',
  'instance.duplicated.v1',
  'instance.conflicted.v1',
]);
const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(3))} s`;
const millisecondsBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from);

/**
 * Why a revision counts as complete, or what it waits for.
 * @param events of the series, up to that completion and without it where there is one
 * @param state behind those events
 */
export const explainCompletion = (
  events: readonly RecordedEvent[],
  state: KnownSeries,
  completed: RecordedEvent<SeriesCompleted> | undefined,
): CompletionExplained => {
  const round = events.slice(1 + events.findLastIndex(({ type }) => type === 'series.completed.v1'));
  const arrivals = round.filter(({ type }) => arrivalTypes.has(type));
  const last = events.find(({ position }) => position === state.lastArrivalPosition);
  return {
    trigger: completed?.data.trigger ?? 'waiting',
    completed: completed === undefined ? null : groundOf(completed),
    because: completed === undefined ? whatItWaitsFor(state) : whyComplete(state, completed, round),
    quietPeriodMs: completed?.data.quietPeriodMs ?? state.quietPeriodMs,
    quietUntil: quietUntil(state, completed?.data.quietPeriodMs),
    lastArrival: last === undefined ? null : { ...groundOf(last), type: last.type, sopInstanceUid: sopOf(last) },
    arrivals: arrivals.length,
    longestPauseMs: longestPause(arrivals),
    instances: state.instances.size,
    newInstances: completed?.data.newInstances ?? state.instances.size - (state.completions.at(-1)?.instances ?? 0),
    digest: completed?.data.digest ?? null,
  };
};

const whatItWaitsFor = (state: KnownSeries): string =>
  state.status === 'complete'
    ? `nothing new arrived since revision ${state.completions.at(-1)?.revision}`
    : `objects still arrive: it counts as complete when nothing came for ${seconds(state.quietPeriodMs)}, at ${quietUntil(state)} at the earliest`;

const whyComplete = (
  state: KnownSeries,
  { recordedtime, data }: RecordedEvent<SeriesCompleted>,
  round: readonly RecordedEvent[],
): string => {
  if (data.trigger !== 'quiet') return inAFewWords(data);
  const { rules = [], applicationEntity } = data.because ?? {};
  const asked = rules.map((rule) => `'${rule}'`).join(' and ') || applicationEntity;
  const reopened = round.findLast((event) => event.type === 'series.reopened.v1');
  const quiet = quietUntil(state, data.quietPeriodMs);
  const since = reopened !== undefined && reopened.recordedtime > quiet ? reopened.recordedtime : quiet;
  const late = millisecondsBetween(since, recordedtime);
  const emptied = round.findLast(({ type }) => type === 'objects.moved.v1');
  const spool =
    emptied === undefined ? '' : `; it also waited for its objects to leave the spool, until ${emptied.recordedtime}`;
  return `${reopened === undefined ? '' : `${whyReopened(reopened)}; `}nothing arrived for the quiet period of ${seconds(data.quietPeriodMs)}${asked === undefined ? '' : ` that ${asked} asks for`} after ${data.lastReceivedAt}; noticed ${seconds(late)} after ${since === quiet ? 'it had ended' : 'it was reopened'}${spool}`;
};

const whyReopened = ({ recordedtime, data }: RecordedEvent): string => {
  const { reason } = data as SeriesReopened['data'];
  return `it was reopened at ${recordedtime}${reason === '' ? '' : ` (${reason})`}`;
};

const longestPause = (arrivals: readonly RecordedEvent[]): number =>
  arrivals.reduce((longest, { recordedtime }, index) => {
    const before = arrivals[index - 1];
    return before === undefined ? longest : Math.max(longest, millisecondsBetween(before.recordedtime, recordedtime));
  }, 0);

const sopOf = ({ data }: RecordedEvent): string => (data as { readonly sopInstanceUid?: string }).sopInstanceUid ?? '';
