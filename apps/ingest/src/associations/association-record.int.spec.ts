import type { AssociationSeriesNoted } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReceiversUnderTest } from '../../test/receivers-under-test.js';

let receivers: ReceiversUnderTest;
beforeAll(async () => {
  receivers = await ReceiversUnderTest.open();
});
afterAll(() => receivers.close());

const released = { by: 'release', reason: '' } as const;

describe('What is written down of an association', () => {
  it('names all of its series, however many, and none of an event has more than a thousand', async () => {
    const { own } = receivers.receiver();
    const record = await receivers.accept(own);
    const series = Array.from({ length: 2_500 }, (_, index) => `1.2.${index + 1}`);
    for (const uid of series) for (let object = 0; object < 2; object++) await record.brought(uid);
    await record.close(released);
    const [, ...events] = await receivers.eventsOf(record);
    expect(events.map(({ type }) => type)).toEqual([
      'association.series-noted.v1',
      'association.series-noted.v1',
      'association.released.v1',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ seriesNoted: 2 });
    const named = events.map(({ data }) => (data as AssociationSeriesNoted['data']).series);
    expect(Math.max(...named.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
    expect([...new Set(named.flat())].toSorted()).toEqual(series.toSorted());
    await own.close();
  });
});
