import type { SeriesLine } from '@waystation/answers';
import { identityPlace } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import type { SeriesView } from '../project-history/series.view.js';
import { shownIdentities, whoItIs } from '../tell-history/show-identities.js';

/** Opens who the patients are. */
export const seriesLines = async (
  identities: Identities,
  views: readonly SeriesView[],
): Promise<readonly SeriesLine<Date>[]> => {
  const shown = await shownIdentities(
    identities,
    views.map(({ identity, seriesInstanceUid }) => ({
      sealed: identity,
      place: identityPlace.seriesOpened(seriesInstanceUid),
    })),
  );
  return views.map(({ identity: _sealed, ...view }, index) => ({ ...view, patient: whoItIs(shown[index] ?? {}) }));
};
