import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { CodedError } from '@waystation/kernel';
import { openObjectStore, type ObjectStore } from '@waystation/object-store';
import { syntheticInstance, syntheticUid } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QuarantineUnderTest, source } from '../../test/quarantine-under-test.js';

let awayStore: ObjectStore;
beforeAll(async () => {
  awayStore = await openObjectStore('s3://a:b@127.0.0.1:1/bucket?tls=false', {}, () => undefined);
});
afterAll(() => awayStore.close());

let quarantine: QuarantineUnderTest;
beforeEach(async () => {
  quarantine = await QuarantineUnderTest.open();
});
afterEach(() => quarantine.close());

const image = () => syntheticInstance({ rows: 8, columns: 8 });

describe('An object of the quarantine that somebody asks for', () => {
  it('becomes part of its series bit by bit, and who sent it stays its sender', async () => {
    const of = image();
    const stream = await quarantine.ask(of);
    await quarantine.receiver().handle(stream);
    const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = of;
    const instance = { studyInstanceUid, seriesInstanceUid, sopInstanceUid, outcome: 'stored' };
    expect(await quarantine.outcomes(stream)).toEqual([{ type: 'instance.reinjected.v1', data: instance }]);
    const state = await quarantine.stateOf(of);
    if (state.status === 'unknown') throw new Error('there is no series');
    expect(state.source).toEqual(source);
    const kept = state.instances.get(sopInstanceUid)?.object;
    expect((await buffer(await quarantine.objects.get(kept?.key ?? ''))).equals(of.part10)).toBe(true);
    expect(await quarantine.log.timers.queues('reinject')).toEqual([]);
  });

  it('is known by the UIDs of its data set where that is asked for, and refused where it is not', async () => {
    const of = image();
    const said = { ...of, sopInstanceUid: syntheticUid() };
    const refused = await quarantine.ask(said);
    await quarantine.receiver().handle(refused);
    expect(await quarantine.outcomes(refused)).toMatchObject([
      { type: 'reinjection.refused.v1', data: { code: 'ingest.uids-disagree' } },
    ]);
    await quarantine.ask(said, { uidsFrom: 'data-set' });
    await quarantine.receiver().handle(refused);
    expect((await quarantine.outcomes(refused)).at(-1)).toMatchObject({
      type: 'instance.reinjected.v1',
      data: { sopInstanceUid: of.sopInstanceUid },
    });
    const state = await quarantine.stateOf(of);
    const kept = state.status === 'unknown' ? undefined : state.instances.get(of.sopInstanceUid)?.object;
    expect((await buffer(await quarantine.objects.get(kept?.key ?? ''))).equals(of.part10)).toBe(true);
  });

  it('is taken in once, however many receivers do it at the same time and however often', async () => {
    const of = image();
    const stream = await quarantine.ask(of);
    await Promise.allSettled([1, 2, 3, 4].map(() => quarantine.receiver().handle(stream)));
    await quarantine.receiver().handle(stream);
    expect(await quarantine.outcomes(stream)).toHaveLength(1);
    expect(await quarantine.typesOf(of)).toEqual(['series.opened.v1', 'instance.stored.v1']);
  });

  it('waits where the object store is away, and leaves nothing behind', async () => {
    const large = syntheticInstance({ rows: 1200, columns: 1200 });
    const stream = await quarantine.ask(large);
    await expect(quarantine.receiver(awayStore).handle(stream)).rejects.toThrow(CodedError);
    expect(await quarantine.outcomes(stream)).toEqual([]);
    await quarantine.receiver().handle(stream);
    expect(await quarantine.outcomes(stream)).toHaveLength(1);
    expect((await readdir(quarantine.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is refused where its bytes are gone, or are not those that came', async () => {
    const [gone, changed] = [image(), image()];
    const [first, second] = [await quarantine.ask(gone), await quarantine.ask(changed)];
    const keyOf = (stream: string) => {
      const sha256 = stream.slice('quarantine/'.length);
      return join('quarantine', sha256.slice(0, 2), `${sha256}.dcm`);
    };
    await quarantine.objects.remove(keyOf(first));
    await quarantine.objects.remove(keyOf(second));
    await quarantine.objects.put(keyOf(second), Buffer.alloc(changed.part10.length, 1));
    for (const stream of [first, second]) await quarantine.receiver().handle(stream);
    expect(await quarantine.outcomes(first)).toMatchObject([{ data: { code: 'object-store.missing' } }]);
    expect(await quarantine.outcomes(second)).toMatchObject([{ data: { code: 'ingest.quarantine-damaged' } }]);
  });
});
