import type { ObjectsLine, ObjectsSummary } from '@waystation/answers';
import { ObjectsExpired, streamName } from '@waystation/events';
import { exampleSeries } from '@waystation/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KeptObjects } from '../../test/kept-objects.js';
import { CheckObjects } from './check-objects.js';

let kept: KeptObjects;
beforeAll(async () => {
  kept = await KeptObjects.open('files');
});
afterAll(() => kept.close());

const check = async (olderThanMs = 0) => {
  const { audited, commands, objects } = kept;
  const lines = new CheckObjects(audited.log, commands, objects).run(olderThanMs);
  const found: Exclude<ObjectsLine, { readonly progress: unknown }>[] = [];
  for (;;) {
    const { done, value } = await lines.next();
    if (done === true) return { found, summary: value satisfies ObjectsSummary };
    if (!('progress' in value)) found.push(value);
  }
};

it('names what no event names, and whose object is gone; not what is in a spool or was let go', async () => {
  const [whole, lost, expired, unnamed] = [await kept.keep(), await kept.keep(), await kept.keep(), await kept.keep()];
  await kept.name(whole);
  const stream = await kept.name(lost);
  const { position } = await kept.audited.log.head();
  await kept.name(lost);
  await kept.name(exampleSeries.spooled(1));
  const { key, sha256 } = expired;
  const ground = {
    configuration: { version: 1, sha256 },
    ended: 'delivered',
    endedAt: '2026-01-01T00:00:00.000Z',
    keptDays: 1,
    because: 'it was delivered',
  } as const;
  const gone = ObjectsExpired.of({
    ...ground,
    objects: [{ sopInstanceUid: exampleSeries.sopInstanceUid(9), sha256, key }],
  });
  await kept.append(await kept.name(expired), gone);
  await kept.objects.remove(key, lost.key);

  const { found, summary } = await check();
  expect(found).toEqual([
    { unnamed: { key: unnamed.key, size: unnamed.size, modifiedAt: expect.any(String) as string } },
    { missing: { key: lost.key, stream, position } },
  ]);
  expect(summary).toEqual({ objects: 2, unnamed: 1, bytes: unnamed.size, missing: 1 });
});

it('leaves out what is young, and tells of what left a spool and did not arrive', async () => {
  const object = exampleSeries.spooled(1);
  const stream = streamName.series('1.2.3.4');
  await kept.append(stream, exampleSeries.moved([1], 0));
  const { found, summary } = await check(3_600_000);
  expect(found.filter((line) => 'unnamed' in line)).toEqual([]);
  expect(found.map((line) => 'missing' in line && line.missing.key)).toContain(object.key);
  expect(summary).toMatchObject({ unnamed: 0, missing: 2 });
});
