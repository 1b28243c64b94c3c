import type { ConfigurationDocument } from '@waystation/events';
import { instantAfter, type Instant } from '@waystation/kernel';
import { waitingCollections, type StudyState } from './study-state.js';
import { whatAStudyWaitsFor } from './what-a-study-waits-for.js';

/** Whoever waits is looked at at least this often, should the news of what it waits for be late. */
const LONGEST_MS = 60_000;

/** When a study is to be looked at again if no event of it comes before; undefined where nothing waits. */
export const nextLook = (
  state: StudyState,
  document: ConfigurationDocument,
  now: Instant,
  pending: readonly string[],
): Instant | undefined => {
  const waiting = waitingCollections(state);
  if (waiting.length === 0) return undefined;
  return waiting.reduce(
    (soonest, collection) => {
      const outlook = whatAStudyWaitsFor(collection, document, now, pending);
      const until = outlook.what === 'wait' ? outlook.until : now;
      return until !== undefined && until < soonest ? until : soonest;
    },
    instantAfter(now, LONGEST_MS),
  );
};
