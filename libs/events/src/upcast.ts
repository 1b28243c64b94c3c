import type { EventDefinition, NewEvent } from './define-event.js';

/** How an event that was written in an older version reads today. */
export interface Upcast {
  /** Retired: nobody writes it any more, but the log holds it for good. */
  readonly from: EventDefinition;
  /** The next version of the same event. */
  readonly to: EventDefinition;
  readonly convert: (data: unknown) => unknown;
}

/** Declares the step from one version of an event to the next. */
export const defineUpcast = <Old, New>(
  from: EventDefinition<string, number, Old>,
  to: EventDefinition<string, number, New>,
  convert: (data: Old) => New,
): Upcast => {
  if (from.name !== to.name || to.version !== from.version + 1)
    throw new Error(`an upcast goes from one version to the next: found ${from.type} to ${to.type}`);
  return { from, to, convert: (data) => convert(data as Old) };
};

/**
 * Reads events of any version that was ever written as their newest, over as many steps as there are versions between.
 * Events that have no newer version come back as they are; what the log stores and hashes is never touched.
 */
export const upcaster = (steps: readonly Upcast[]): (<Event extends NewEvent>(event: Event) => Event) => {
  const byType = new Map(steps.map((step) => [step.from.type as string, step]));
  return (event) => {
    let current = event;
    for (let step = byType.get(event.type); step !== undefined; step = byType.get(current.type))
      current = { ...current, type: step.to.type, data: step.convert(current.data) };
    return current;
  };
};
