import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFileMeta } from '@waystation/dicom';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetOf, filesUnder, freePort, startStorescp } from '../harness/dcmtk.js';
import { dumpsOf } from '../harness/dumps.js';
import type { Program } from '../harness/program.js';
import { validSamples } from '../harness/samples.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const RLE = '1.2.840.10008.1.2.5';

/** It says that it is JPEG, and is not: nobody can decode it. */
const NO_IMAGE = 'fo-dicom/genFile.dcm';

const retry = { attempts: 2, firstDelaySeconds: 0.1, longestDelaySeconds: 1 };

// REQ-DELIVER-8: what a target refuses as it is stored is sent without compression, unless that is forbidden.
describe('A target that takes nothing compressed', () => {
  let folder: string;
  let system: Standalone;
  let storescp: Program;
  const samples = validSamples();
  const distinct = new Set(samples.map(({ sopInstanceUid }) => sopInstanceUid));
  const arriving = new Set(samples.filter(({ name }) => name !== NO_IMAGE).map(({ sopInstanceUid }) => sopInstanceUid));

  const received = () => {
    const files = filesUnder(join(folder, 'received')).map((path) => ({ path, bytes: readFileSync(path) }));
    return files.map(({ path, bytes }) => ({ path, bytes, ...readFileMeta(bytes) }));
  };
  const deliveries = (target: string): Promise<readonly DeliveryLine[]> =>
    system.waystation.get(`/api/deliveries?target=${target}&limit=1000`);
  /** storescp writes where everybody can look: only what it has answered is whole. */
  const untilOver = (target: string, objects: number): Promise<readonly DeliveryLine[]> =>
    eventually(
      `deliveries of ${objects} objects to ${target}`,
      async () => {
        const lines = await deliveries(target);
        const over = lines.filter(({ status }) => status === 'succeeded' || status === 'abandoned');
        return over.reduce((sum, { instances }) => sum + instances, 0) >= objects ? over : undefined;
      },
      110_000,
    );

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    const port = await freePort();
    storescp = await startStorescp(join(folder, 'received'), port, '+xi', '-pm');
    const dicom = { kind: 'dicom', host: '127.0.0.1', port, calledAeTitle: 'PACS', retry };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [
        { ...dicom, name: 'plain' },
        { ...dicom, name: 'strict', transcode: 'never' },
      ],
      rules: [
        { name: 'strict', condition: "@StudyDescription@ == 'STRICT'", action: 'route', targets: ['strict'] },
        { name: 'plain', condition: 'True', action: 'route', targets: ['plain'], fallback: true },
      ],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await storescp?.stop();
    await removeFolder(folder);
  });

  it.skipIf(samples.length === 0)('gets every valid object, whatever it is stored in', async () => {
    await sendAll(system.dicomPort, samples);
    await untilOver('plain', distinct.size);
    const there = new Set(received().map(({ sopInstanceUid }) => sopInstanceUid));
    expect([...arriving].filter((uid) => !there.has(uid))).toEqual([]);
    expect(new Set(received().map(({ transferSyntaxUid }) => transferSyntaxUid))).toEqual(new Set([IMPLICIT]));
    const dumps = await dumpsOf(received().map(({ path }) => path));
    expect(dumps.size).toBe(received().length);
    for (const dump of dumps.values()) expect(dump).not.toBe('');
  });

  it.skipIf(samples.length === 0)('gets bit by bit what it takes as it is stored', () => {
    // Where several samples share a UID the first one travels.
    const isAlone = (uid: string) => samples.filter(({ sopInstanceUid }) => sopInstanceUid === uid).length === 1;
    const implicit = samples.filter(
      ({ transferSyntaxUid, sopInstanceUid }) => transferSyntaxUid === IMPLICIT && isAlone(sopInstanceUid),
    );
    expect(implicit.length).toBeGreaterThan(15);
    const arrived = received().map(({ bytes }) => dataSetOf(bytes).toString('base64'));
    expect(
      implicit.filter(({ dataSet }) => !arrived.includes(dataSet.toString('base64'))).map(({ name }) => name),
    ).toEqual([]);
  });

  it.skipIf(samples.length === 0)('is told of in history: what each object was delivered in', async () => {
    const [line] = (await untilOver('plain', distinct.size)).filter(({ status }) => status === 'succeeded');
    const story = await system.waystation.history(`delivery/${line?.delivery ?? ''}`);
    const delivered = story.filter(({ type }) => type === 'instance.delivered.v1');
    expect(new Set(delivered.map(({ data }) => data['transferSyntaxUid']))).toEqual(new Set([IMPLICIT]));
    expect(delivered[0]?.sentence).toMatch(/delivered in Implicit VR Little Endian: 0x0000/);
  });

  it.skipIf(samples.length === 0)('misses what nobody can decode, and that is said at once and plainly', async () => {
    const broken = samples.find(({ name }) => name === NO_IMAGE);
    const lines = await untilOver('plain', distinct.size);
    const abandoned = lines.filter(({ status }) => status === 'abandoned');
    expect(abandoned).toHaveLength(1);
    const story = await system.waystation.history(`delivery/${abandoned[0]?.delivery ?? ''}`);
    expect(story.find(({ type }) => type === 'delivery.failed.v1')?.data).toMatchObject({
      attempt: 1,
      code: 'dispatch.unsendable',
      retryable: false,
      refusals: [
        {
          sopInstanceUid: broken?.sopInstanceUid,
          receipt: expect.stringMatching(/does not take JPEG Baseline .* frame 1 cannot be decoded/) as string,
        },
      ],
    });
  });

  it('is sent nothing else where that is forbidden, and the delivery says why it failed', async () => {
    const series = syntheticSeries(2, { transferSyntax: RLE, studyDescription: 'STRICT' });
    await sendAll(system.dicomPort, series);
    const [line] = await eventually('a delivery to strict', async () => {
      const lines = await deliveries('strict');
      return lines.some(({ status }) => status === 'abandoned') ? lines : undefined;
    });
    expect(line).toMatchObject({ status: 'abandoned', attempts: 2, delivered: 0 });
    const story = await system.waystation.history(`delivery/${line?.delivery ?? ''}`);
    const failed = story.find(({ type }) => type === 'delivery.failed.v1');
    expect(failed?.data).toMatchObject({ code: 'dispatch.refused' });
    expect(failed?.sentence).toMatch(
      new RegExp(
        `${series[0]?.sopInstanceUid ?? ''}: not sent: .* in ${RLE.replaceAll('.', '\\.')}; .*transcode: never`,
      ),
    );
  });

  it('is sent explicit where it takes that', async () => {
    const port = await freePort();
    const explicit = await startStorescp(join(folder, 'explicit'), port, '+x=');
    try {
      const target = { kind: 'dicom', name: 'explicit', host: '127.0.0.1', port, calledAeTitle: 'PACS', retry };
      await system.waystation.publish({
        completion: { quietPeriodSeconds: 1 },
        targets: [target],
        rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['explicit'] }],
      });
      const series = syntheticSeries(3, { transferSyntax: '1.2.840.10008.1.2.1.99' });
      await sendAll(system.dicomPort, series);
      await system.waystation.deliveries(series[0]?.seriesInstanceUid ?? '', 1);
      const files = filesUnder(join(folder, 'explicit')).map((path) => readFileMeta(readFileSync(path)));
      expect(files.map(({ transferSyntaxUid }) => transferSyntaxUid)).toEqual([EXPLICIT, EXPLICIT, EXPLICIT]);
    } finally {
      await explicit.stop();
    }
  });
});
