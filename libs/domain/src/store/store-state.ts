import type { ObjectsReaped, Recorded } from '@waystation/events';

/** What was removed from the object store that no event named. */
export interface StoreState {
  readonly reaped: number;
  /** Of all that was reaped. */
  readonly bytes: number;
}

export const nothingReaped: StoreState = { reaped: 0, bytes: 0 };

/** What an event adds. What was named, cut off and named again counts as often as it was named. */
export const evolveStore = (state: StoreState, { data }: Recorded<ObjectsReaped>): StoreState => ({
  reaped: state.reaped + data.count,
  bytes: state.bytes + data.bytes,
});
