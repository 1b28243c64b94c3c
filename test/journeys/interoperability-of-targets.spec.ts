import { join } from 'node:path';
import { syntheticInstance, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CuttingProxy, type Cut } from '../harness/cutting-proxy.js';
import { dataSetHashes } from '../harness/dcmtk.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { hashesOf, Storescp } from '../harness/storescp.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

const retry = { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 0.5 };

/** How storescp is told to receive. */
const ways: readonly (readonly [name: string, ...options: string[]])[] = [
  ['4 KiB', '--max-pdu', '4096'],
  ['128 KiB', '--max-pdu', '131072'],
  ['forks', '--fork'],
  ['patience', '--dimse-timeout', '10', '--acse-timeout', '10', '--socket-timeout', '10'],
  ['sleepy', '--sleep-after', '1'],
];

/** What storescp does to every association, and what is said of it. */
const mischief: readonly (readonly [name: string, failure: RegExp, ...options: string[]])[] = [
  ['refusing', /dicom-network\.rejected/, '--refuse'],
  // It closes with data unread: the reset may overtake its A-ABORT.
  ['aborting', /dicom-network\.(aborted|connection-lost)/, '--abort-after'],
  ['interrupting', /dicom-network\.(aborted|connection-lost)/, '--abort-during'],
  ['asleep', /dicom-network\.timeout/, '--sleep-during', '4'],
];

/**
 * Where a wire breaks, behind so many bytes, how, and how often: up to twice. Once it broke in the second object, the first
 * is acknowledged, and what is left is too short to get there again.
 */
const breaks: readonly (readonly [name: string, after: number, cut: Cut, cuts: number])[] = [
  ['request-closed', 100, 'closed', 2],
  ['request-reset', 100, 'reset', 2],
  ['first-closed', 40_000, 'closed', 2],
  ['first-reset', 40_000, 'reset', 2],
  ['second-closed', 150_000, 'closed', 1],
  ['second-reset', 150_000, 'reset', 1],
];

// REQ-INTEROP-3, REQ-DELIVER-4: storescp as a target, however it receives and whatever it does to associations.
describe('storescp as a target', () => {
  let folder: string;
  let system: Standalone;
  const open: { stop(): Promise<void> }[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all(open.map((one) => one.stop()));
    await removeFolder(folder);
  });

  const startTarget = async (name: string, options: readonly string[], port?: number): Promise<Storescp> => {
    const target = await Storescp.start(join(folder, name), options, port);
    open.push(target);
    return target;
  };
  const publish = (targets: readonly object[]): Promise<void> => {
    const names = targets.map((target) => (target as { readonly name: string }).name);
    const rules = [{ name: 'all', condition: 'True', action: 'route', targets: names }];
    return system.waystation.publish({ completion: { quietPeriodSeconds: 0.5 }, targets, rules });
  };
  const sendSeries = async (): Promise<readonly SyntheticInstance[]> => {
    const seed = syntheticUid();
    const series = [256, 128].map((rows, index) =>
      syntheticInstance({ seed, rows, columns: rows, instanceNumber: index + 1 }),
    );
    await sendAll(system.dicomPort, series);
    return series;
  };
  const deliveriesOf = ([first]: readonly SyntheticInstance[]): Promise<readonly DeliveryLine[]> =>
    system.waystation.get(`/api/deliveries?series=${first?.seriesInstanceUid ?? ''}&limit=1000`);
  const untilSucceeded = (series: readonly SyntheticInstance[], count: number): Promise<readonly DeliveryLine[]> =>
    eventually(`${count} deliveries to succeed`, async () => {
      const lines = (await deliveriesOf(series)).filter(({ status }) => status === 'succeeded');
      return lines.length === count ? lines : undefined;
    });
  const hashes = (series: readonly SyntheticInstance[]): readonly string[] =>
    dataSetHashes(series.map(({ part10 }) => part10));

  it('gets the objects bit by bit, however it receives', async () => {
    const targets = await Promise.all(ways.map(([name, ...options]) => startTarget(name, options)));
    await publish(targets.map((target, index) => target.configured(ways[index]?.[0] ?? '')));
    const series = await sendSeries();
    await untilSucceeded(series, ways.length);
    for (const [index, target] of targets.entries())
      expect(hashesOf(target.newFiles()), ways[index]?.[0]).toEqual(hashes(series));
  });

  it('gets the objects when it no longer does what it did to associations, and what it did is told', async () => {
    const bad = await Promise.all(mischief.map(([name, , ...options]) => startTarget(`bad-${name}`, options)));
    await publish(
      bad.map((target, index) => target.configured(mischief[index]?.[0] ?? '', { retry, timeoutSeconds: 1 })),
    );
    const series = await sendSeries();
    await eventually('a failure of each delivery', async () => {
      const lines = await deliveriesOf(series);
      return (
        (lines.length === bad.length &&
          lines.every(({ attempts, lastFailure }) => attempts > 1 && lastFailure !== null)) ||
        undefined
      );
    });
    for (const [name, failure] of mischief) {
      const line = (await deliveriesOf(series)).find(({ target }) => target === name);
      expect([name, line?.lastFailure]).toEqual([name, expect.stringMatching(failure)]);
    }
    const good: Storescp[] = [];
    for (const [index, target] of bad.entries()) {
      await target.stop();
      good.push(await startTarget(`good-${mischief[index]?.[0]}`, [], target.port));
    }
    await untilSucceeded(series, mischief.length);
    for (const [index, target] of good.entries())
      expect(hashesOf(target.newFiles()), mischief[index]?.[0]).toEqual(hashes(series));
  });

  it('gets the objects over a wire that breaks, and no object again that it acknowledged', async () => {
    const targets = await Promise.all(breaks.map(([name]) => startTarget(name, [])));
    const wires: CuttingProxy[] = [];
    for (const [index, [, after, cut]] of breaks.entries())
      wires.push(await CuttingProxy.listen(targets[index]?.port ?? 0, after, cut, 2));
    const configured = wires.map(({ port }, index) => ({
      ...targets[index]?.configured(breaks[index]?.[0] ?? ''),
      port,
      retry,
    }));
    await publish(configured);
    const series = await sendSeries();
    const lines = await untilSucceeded(series, breaks.length);
    await Promise.all(wires.map((wire) => wire.close()));
    for (const [index, [name]] of breaks.entries()) {
      const line = lines.find(({ target }) => target === name);
      expect([name, line?.attempts]).toEqual([name, 1 + (wires[index]?.cuts ?? 0)]);
      expect(hashesOf(targets[index]?.newFiles() ?? []), name).toEqual(hashes(series));
    }
    expect(wires.map(({ cuts }) => cuts)).toEqual(breaks.map(([, , , cuts]) => cuts));
  });
});
