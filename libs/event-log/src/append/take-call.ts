import type { EncodedUnit } from './encoded-unit.js';

/** What one call of `log.append` takes at most; a bigger unit goes alone. */
export interface CallLimits {
  readonly events: number;
  /** Characters of JSON, roughly. */
  readonly size: number;
}

const streamsOf = (unit: EncodedUnit) => unit.parts.map(({ stream }) => stream);
const checkedStreamsOf = (unit: EncodedUnit) =>
  unit.parts.flatMap(({ stream, expected }) => (expected === 'any' ? [] : [stream]));

/**
 * Chooses what goes out in one call: in order of arrival, and a stream whose version is checked belongs to one unit of
 * a call, because its next version is known only when that unit is written. Units that wait keep later units of the
 * same streams waiting behind them.
 */
export const takeCall = <Waiting extends { readonly unit: EncodedUnit }>(
  waiting: readonly Waiting[],
  limits: CallLimits,
): { readonly taken: readonly Waiting[]; readonly left: readonly Waiting[] } => {
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const touched = new Set<string>();
  const closed = new Set<string>();
  let events = 0;
  let size = 0;
  for (const [index, one] of waiting.entries()) {
    const streams = streamsOf(one.unit);
    const checked = checkedStreamsOf(one.unit);
    const full =
      taken.length > 0 && (events + one.unit.eventCount > limits.events || size + one.unit.size > limits.size);
    if (full) return { taken, left: [...left, ...waiting.slice(index)] };
    if (streams.some((stream) => closed.has(stream)) || checked.some((stream) => touched.has(stream))) {
      left.push(one);
      for (const stream of streams) closed.add(stream);
      continue;
    }
    taken.push(one);
    events += one.unit.eventCount;
    size += one.unit.size;
    for (const stream of streams) touched.add(stream);
    for (const stream of checked) closed.add(stream);
  }
  return { taken, left };
};
