import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../harness/dcmtk.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type DeliveryLine, type HistoryEntry } from '../harness/waystation.js';

const SERIES = 2;
const OBJECTS = 4;
const ATTEMPTS = 4;
const retry = { attempts: ATTEMPTS, firstDelaySeconds: 0.1, longestDelaySeconds: 2 };

// REQ-DELIVER-3, REQ-DELIVER-4, REQ-DELIVER-5, REQ-DELIVER-6: targets that are away, hang or refuse.
describe('A target that is dead, hangs or refuses', () => {
  let folder: string;
  let system: Standalone;
  let living: RecordingTarget;
  let picky: RecordingTarget;
  let revived: RecordingTarget | undefined;
  let hanging: Server;
  let deadPort: number;
  const held = new Set<Socket>();
  const all: readonly (readonly SyntheticInstance[])[] = Array.from({ length: SERIES }, () => syntheticSeries(OBJECTS));
  const objects = all.flat();
  const refused = objects[1]?.sopInstanceUid ?? '';

  const listenHanging = async (): Promise<number> => {
    hanging = createServer((socket) => {
      held.add(socket);
      socket.on('error', () => undefined).on('close', () => held.delete(socket));
    });
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const address = hanging.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  const dicom = (name: string, port: number): object => ({
    name,
    kind: 'dicom',
    host: '127.0.0.1',
    port,
    calledAeTitle: 'PACS',
    timeoutSeconds: 1,
    retry,
  });

  const deliveriesTo = (target: string): Promise<readonly DeliveryLine[]> =>
    system.waystation.json('deliveries', '--target', target);
  const untilAll = (target: string, status: string): Promise<readonly DeliveryLine[]> =>
    eventually(`${SERIES} ${status} deliveries to ${target}`, async () => {
      const lines = await deliveriesTo(target);
      return lines.length === SERIES && lines.every((line) => line.status === status) ? lines : undefined;
    });
  const storyOf = (delivery: string): Promise<readonly HistoryEntry[]> =>
    system.waystation.history(`delivery/${delivery}`);

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    living = await RecordingTarget.listen();
    picky = await RecordingTarget.listen();
    picky.refusing.set(refused, 0xa700);
    deadPort = await freePort();
    const targets = [
      dicom('dead', deadPort),
      dicom('hanging', await listenHanging()),
      { ...picky.configured('picky'), retry },
      living.configured('living'),
    ];
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets,
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['dead', 'hanging', 'picky', 'living'] }],
    });
    for (const series of all) await sendAll(system.dicomPort, series);
  });

  afterAll(async () => {
    for (const socket of held) socket.destroy();
    await system?.program.stop();
    await Promise.all([living?.close(), picky?.close(), revived?.close()]);
    await new Promise((resolve) => hanging.close(resolve));
    await removeFolder(folder);
  });

  it('keeps nothing from one that lives', async () => {
    await untilAll('living', 'succeeded');
    expect(living.received.size).toBe(objects.length);
    expect(living.objects).toBe(objects.length);
    for (const { status } of await deliveriesTo('hanging')) expect(status).not.toBe('succeeded');
  });

  it('is tried again with growing delays, and given up visibly behind the last attempt', async () => {
    for (const target of ['dead', 'hanging']) {
      for (const { delivery, attempts, delivered, lastFailure } of await untilAll(target, 'abandoned')) {
        expect([attempts, delivered]).toEqual([ATTEMPTS, 0]);
        expect(lastFailure).toContain(target === 'dead' ? 'unreachable' : 'timeout');
        const story = await storyOf(delivery);
        const delays = story
          .filter(({ type }) => type === 'delivery.retry-scheduled.v1')
          .map(({ data }) => Number(data['delayMs']));
        expect(delays).toHaveLength(ATTEMPTS - 1);
        expect(delays).toEqual(delays.toSorted((a, b) => a - b));
        expect(delays.at(-1)).toBeGreaterThan(delays[0] ?? 0);
        expect(story.at(-1)?.type).toBe('delivery.abandoned.v1');
      }
    }
    const { stdout } = await system.waystation.run('deliveries', '--status', 'abandoned', '--target', 'dead');
    expect(stdout).toContain(`PACS at 127.0.0.1:${deadPort}`);
  });

  it('that refuses one object gets that one again and no other', async () => {
    const deliveries = await eventually('an end of the deliveries to picky', async () => {
      const lines = await deliveriesTo('picky');
      const isOver = lines.length === SERIES && lines.every(({ status }) => /succeeded|abandoned/.test(status));
      return isOver ? lines : undefined;
    });
    expect(deliveries.map(({ status }) => status).toSorted()).toEqual(['abandoned', 'succeeded']);
    const abandoned = deliveries.find(({ status }) => status === 'abandoned');
    expect(abandoned).toMatchObject({ attempts: ATTEMPTS, instances: OBJECTS, delivered: OBJECTS - 1 });
    expect(abandoned?.lastFailure).toContain('0xA700');
    const times = objects.map(({ sopInstanceUid }) => picky.received.get(sopInstanceUid)?.length);
    expect(times).toEqual(objects.map(({ sopInstanceUid }) => (sopInstanceUid === refused ? ATTEMPTS : 1)));
  });

  it('gets everything when it is back and somebody asks for it', async () => {
    revived = await RecordingTarget.listen(0, deadPort);
    for (const { delivery } of await deliveriesTo('dead')) {
      const { code, stdout } = await system.waystation.run('redrive', delivery, '--reason', 'the archive is back');
      expect(code).toBe(0);
      expect(stdout).toContain(`delivery ${delivery} is waiting and due now`);
    }
    const [line] = await untilAll('dead', 'succeeded');
    expect(revived.objects).toBe(objects.length);
    expect(revived.received.size).toBe(objects.length);
    const redriven = (await storyOf(line?.delivery ?? '')).find(({ type }) => type === 'delivery.redriven.v1');
    expect(redriven?.data).toMatchObject({ reason: 'the archive is back' });
    expect(redriven?.sentence).toContain('the archive is back');
  });

  it('gets by that only what it has not acknowledged', async () => {
    picky.refusing.clear();
    const before = picky.objects;
    const [abandoned] = await system.waystation.json<readonly DeliveryLine[]>(
      'deliveries',
      '--target',
      'picky',
      '--status',
      'abandoned',
    );
    await system.waystation.json('redrive', abandoned?.delivery ?? '');
    await untilAll('picky', 'succeeded');
    expect(picky.objects - before).toBe(1);
    expect(picky.received.get(refused)).toHaveLength(ATTEMPTS + 1);
  });

  it('cannot be asked for what it has, or for what nobody knows', async () => {
    const [done] = await deliveriesTo('living');
    const again = await system.waystation.run('redrive', done?.delivery ?? '');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('delivery.not-redrivable')]);
    const unknown = await system.waystation.run('redrive', '0123456789abcdef0123');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('delivery.unknown')]);
  });

  it('leaves a log from which the same follows', async () => {
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true, timers: 0 });
    expect(await system.waystation.json('queues')).toEqual([]);
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true, problems: [] });
  });
});
