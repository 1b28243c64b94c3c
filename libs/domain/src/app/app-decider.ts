import { AppAnnounced } from '@waystation/events';
import type { Decider } from '../decider.js';
import { canonicalJson } from '../configuration/canonical-json.js';

/** What a processing app said of itself last; undefined where it was never seen. */
export type AppState = AppAnnounced['data'] | undefined;

/** A processing app starts. */
export interface AnnounceApp {
  readonly kind: 'announce-app';
  readonly announced: AppAnnounced['data'];
}

/** What is known of a processing app. It is written down when it says something new, however often it starts. */
export const appDecider: Decider<AppState, AnnounceApp, AppAnnounced> = {
  initial: undefined,
  decide: (state, { announced }) =>
    state !== undefined && canonicalJson(state) === canonicalJson(announced) ? [] : [AppAnnounced.of(announced)],
  evolve: (_state, { data }) => data,
  due: () => undefined,
};
