import { identityPlace } from '@waystation/events';
import { expect, it } from 'vitest';
import { Recent } from '../keys/recent.js';
import { DataKey } from './data-key.js';
import { openIdentity } from './open-identity.js';
import { SeriesSeal, type SeriesOpening } from './series-seal.js';

const uids = { seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4' };
const facts = { PatientName: 'Doe^Jane' };

it('opens at the place that it was asked for', () => {
  const key = DataKey.random();
  const { seriesOpened, instanceStored } = new SeriesSeal(key, uids, facts, new Recent(9));
  const places = [identityPlace.seriesOpened('1.2.3'), identityPlace.instanceStored('1.2.3', '1.2.3.4')];
  const opened = [seriesOpened, instanceStored].map((sealed) =>
    places.map((place) => openIdentity(key, { sealed, place })),
  );
  expect(opened).toEqual([
    [facts, undefined],
    [undefined, facts],
  ]);
});

it('seals the same again only once, and anew what is another patient, series or key', () => {
  const openings = new Recent<string, SeriesOpening>(9);
  const key = DataKey.random();
  const first = new SeriesSeal(key, uids, facts, openings).seriesOpened;
  expect(new SeriesSeal(key, { ...uids, sopInstanceUid: '1.2.3.5' }, facts, openings).seriesOpened).toBe(first);
  const others = [
    new SeriesSeal(key, uids, { PatientName: 'Doe^John' }, openings),
    new SeriesSeal(key, { ...uids, seriesInstanceUid: '1.2.4' }, facts, openings),
    new SeriesSeal(DataKey.random(), uids, facts, openings),
  ].map(({ seriesOpened }) => seriesOpened);
  for (const other of others) expect(other).not.toEqual(first);
  expect(new SeriesSeal(key, uids, facts, openings).seriesOpened).toEqual(first);
});
