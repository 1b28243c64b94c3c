import { once } from 'node:events';
import type { AssociationSeriesNoted } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReceiversUnderTest } from '../../test/receivers-under-test.js';

let receivers: ReceiversUnderTest;
beforeAll(async () => {
  receivers = await ReceiversUnderTest.open();
});
afterAll(() => receivers.close());

describe('An association whose receiver is gone', () => {
  it('is ended once by another one, with the series that it brought, and no other is', async () => {
    const [dead, alive] = [receivers.receiver().own, receivers.receiver().own];
    const [lost, done, open] = [
      await receivers.accept(dead),
      await receivers.accept(dead),
      await receivers.accept(alive),
    ];
    const series = await receivers.bring(lost);
    await receivers.bring(open);
    await done.close({ by: 'release', reason: '' });
    const life = await dead.life();
    await receivers.kill(life);

    expect((await Promise.all([receivers.successor().turn(), receivers.successor().turn()])).toSorted()).toEqual([
      0, 1,
    ]);
    expect(await receivers.eventsOf(lost)).toMatchObject([
      { type: 'association.accepted.v1', data: { receiver: life.id } },
      { type: 'association.lost.v1', data: { receiver: life.id, series: [series] } },
    ]);
    expect((await receivers.eventsOf(done)).at(-1)).toMatchObject({ type: 'association.released.v1' });
    expect(await receivers.eventsOf(open)).toHaveLength(1);
    await open.close({ by: 'release', reason: '' });
    await alive.close();
  });

  it('is ended with all series that it brought, however many', async () => {
    const dead = receivers.receiver().own;
    const lost = await receivers.accept(dead);
    const series = await receivers.bringMany(lost, 2_500);
    const life = await dead.life();
    await receivers.kill(life);
    expect(await receivers.successor().turn()).toBe(1);
    const [, ...events] = await receivers.eventsOf(lost);
    expect(events.map(({ type }) => type)).toEqual([
      'association.series-noted.v1',
      'association.series-noted.v1',
      'association.lost.v1',
    ]);
    expect(events.at(-1)?.data).toMatchObject({ receiver: life.id, seriesNoted: 2 });
    const named = events.map(({ data }) => (data as AssociationSeriesNoted['data']).series);
    expect(named.map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(named.flat().toSorted()).toEqual(series.toSorted());
  });

  it('is ended by who comes next where one was cut off, and what turns up late as well', async () => {
    const dead = receivers.receiver().own;
    const first = await receivers.accept(dead);
    const life = await dead.life();
    await receivers.kill(life);
    const cutOff = receivers.successor(60_000);
    expect(await cutOff.turn()).toBe(1);
    const late = await receivers.accept(dead);
    await cutOff.close();
    const next = receivers.successor();
    expect(await next.turn()).toBe(1);
    expect(await next.turn()).toBe(0);
    for (const ended of [first, late]) expect(await receivers.eventsOf(ended)).toHaveLength(2);
    expect(await receivers.log.checkpoints.get(life.office.name)).toBe(0);
  });

  it('is broken off by a receiver that comes to itself, and has one end', async () => {
    const { own, over } = receivers.receiver();
    const record = await receivers.accept(own);
    const life = await own.life();
    await receivers.kill(life);
    const successor = receivers.successor();
    expect(await successor.turn()).toBe(1);
    await successor.turn();
    if (!life.office.lost.aborted) await once(life.office.lost, 'abort');
    await own.keepUp();
    expect(over).toEqual([life]);
    expect([...life.associations]).toEqual([record.association.id]);
    await record.close({ by: 'waystation', reason: 'not heard of' });
    expect((await receivers.eventsOf(record)).map(({ type }) => type)).toEqual([
      'association.accepted.v1',
      'association.lost.v1',
    ]);
    expect((await own.life()).id).not.toBe(life.id);
    await own.close();
  });

  it('goes on where nobody took the office of its receiver', async () => {
    const { own, over } = receivers.receiver();
    const record = await receivers.accept(own);
    const life = await own.life();
    await receivers.kill(life);
    if (!life.office.lost.aborted) await once(life.office.lost, 'abort');
    expect((await own.life()).id).toBe(life.id);
    expect(over).toEqual([]);
    await record.close({ by: 'release', reason: '' });
    await own.close();
    expect(await receivers.log.checkpoints.get(life.office.name)).toBe(0);
    expect(await receivers.successor().turn()).toBe(0);
  });

  it('is looked for from the oldest that is open on', async () => {
    const { own } = receivers.receiver();
    const old = await receivers.accept(own);
    const { position } = await receivers.log.head();
    const young = await receivers.accept(own);
    const { office } = await own.life();
    await own.keepUp();
    expect(await receivers.log.checkpoints.get(office.name)).toBe(position);
    await old.close({ by: 'release', reason: '' });
    await own.keepUp();
    expect(await receivers.log.checkpoints.get(office.name)).toBe(position + 1);
    await young.close({ by: 'release', reason: '' });
    await own.close();
  });
});
