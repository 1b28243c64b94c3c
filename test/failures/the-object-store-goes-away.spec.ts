import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, expectSoundLog } from '../harness/evidence.js';
import { WatchedSystem } from '../harness/watched-system.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';
import { startCephRgw, type TestCephRgw } from '../services/ceph-rgw.js';

const SUCCESS = 0x0000;
const OUT_OF_RESOURCES = 0xa700;

// REQ-FAIL-5: without the object store nothing is acknowledged, what is delivered waits, and both go on when it is back.
describe('When the object store goes away', () => {
  let store: TestCephRgw;
  let system: WatchedSystem;

  beforeAll(async () => {
    store = await startCephRgw();
    system = await WatchedSystem.start({
      // A server that is silent for two seconds counts as away.
      servers: { objects: `${store.url}&timeout=2` },
      pauseMs: 20,
      exportRetry: { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 1 },
    });
  });

  afterAll(async () => {
    await system?.stop();
    await store?.stop();
  });

  beforeEach(() => system.scan(syntheticSeries(24, { modality: 'CT' }), 20));

  it.each([
    ['dies', () => store.kill(), () => store.restart()],
    ['hangs', () => Promise.resolve(store.signal('SIGSTOP')), () => Promise.resolve(store.signal('SIGCONT'))],
  ])('and %s, senders are told to keep their objects, and the log says so', async (_how, away, back) => {
    const pushed = system.push();
    await system.until('some objects', () => system.modality.acknowledged.size > 8);
    await away();
    await system.until('a refusal', () => system.modality.statuses.includes(OUT_OF_RESOURCES));
    await back();
    await pushed;
    const history = await system.expectIntact();
    expect(new Set(system.modality.statuses)).toEqual(new Set([SUCCESS, OUT_OF_RESOURCES]));
    const refused = history.filter(({ type }) => type === 'instance.refused.v1');
    expect(refused).toHaveLength(system.modality.statuses.filter((status) => status === OUT_OF_RESOURCES).length);
    for (const { data } of refused)
      expect(data).toMatchObject({ status: OUT_OF_RESOURCES, code: 'object-store.unavailable' });
  });

  it('deliveries that cannot read their objects are tried again until they can', async () => {
    await system.push();
    await store.kill();
    await eventually('failures of both deliveries', async () => {
      const lines = await ask<readonly DeliveryLine[]>(system.services.waystation, `deliveries?series=${system.uid}`);
      return lines?.length === 2 && lines.every(({ lastFailure }) => lastFailure !== null) ? true : undefined;
    });
    await store.restart();
    const history = await system.expectIntact();
    const failed = history.filter(({ type }) => type === 'delivery.failed.v1');
    expect(failed.length).toBeGreaterThanOrEqual(2);
    for (const { data } of failed) expect(data).toMatchObject({ retryable: true, by: 'waystation' });
  });

  it('no service was restarted, the log is whole, and nothing waits', async () => {
    expect(system.services.all.filter(({ program }) => !program.running)).toEqual([]);
    await expectSoundLog(system.services.waystation);
  });
});
