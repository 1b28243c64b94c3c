import type {
  BundleExported,
  ConfigurationViewed,
  FeedFollowed,
  HistoryViewed,
  ObjectRetrieved,
  Recorded,
} from '@waystation/events';

/** Everything that tells of somebody who read. */
export type AccessEvent = HistoryViewed | ObjectRetrieved | BundleExported | ConfigurationViewed | FeedFollowed;

/** Who read how much on a day. */
export interface AccessState {
  readonly readings: number;
  /** By the name of the reader. */
  readonly byReader: Readonly<Record<string, number>>;
}

export const nothingRead: AccessState = { readings: 0, byReader: {} };

/** What an event makes of it. */
export const evolveAccess = (state: AccessState, event: Recorded<AccessEvent>): AccessState => {
  const times = event.type === 'feed.followed.v1' ? 1 : event.data.times;
  const reader = event.metadata.actor?.name ?? '';
  return {
    readings: state.readings + times,
    byReader: { ...state.byReader, [reader]: (state.byReader[reader] ?? 0) + times },
  };
};
