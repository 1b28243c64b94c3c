import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { transferSyntaxes } from '@waystation/dicom';
import { syntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCarriedByDcmtk, isSentByDcmtk, isSentByStorescu, sendByStorescu } from '../harness/dcmtk-syntaxes.js';
import { dataSetHashes, dcmtk } from '../harness/dcmtk.js';
import { differences, dumpsOf } from '../harness/dumps.js';
import { readAllKept } from '../harness/kept-objects.js';
import { withUidsOfTheirOwn, writeObjectFiles, type ObjectFile } from '../harness/object-files.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { validSamples } from '../harness/samples.js';
import { asItTravels, sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { hashesOf, Storescp } from '../harness/storescp.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Sends objects, which also stand in files in the same order. */
type Send = (port: number, objects: readonly ObjectFile[], paths: readonly string[]) => Promise<void>;

const byDcmsend: Send = async (port, _, paths) => {
  const options = ['-v', '--no-uid-checks', '--decompress-never', '-aec', 'WAYSTATION'];
  const { code, output } = await dcmtk('dcmsend', [...options, '127.0.0.1', String(port), ...paths]);
  expect(code, output).toBe(0);
  expect(output.match(/Received C-STORE Response \(Success\)/g)).toHaveLength(paths.length);
};

/** For a rule: DCMTK's storescp takes no such transfer syntax, a target of ours takes it. */
const FOR_THE_RECORDER = 'for the recorder';
const syntheticObjects = (): readonly ObjectFile[] =>
  [...transferSyntaxes.values()].map(({ uid, name }) => {
    const studyDescription = isCarriedByDcmtk(uid) ? 'for storescp' : FOR_THE_RECORDER;
    return { name, ...syntheticInstance({ transferSyntax: uid, studyDescription }) };
  });
const isSynthetic = ({ name, transferSyntaxUid }: ObjectFile): boolean =>
  transferSyntaxes.get(transferSyntaxUid)?.name === name;

const travelling = (objects: readonly ObjectFile[]): readonly string[] =>
  objects.map((one) => sha256(asItTravels(one))).toSorted();

// REQ-RECEIVE-2, REQ-RECEIVE-3, REQ-INTEROP-1: what anybody sends comes out again as it came in; DCMTK is the judge.
describe('Every valid sample, and an object in every transfer syntax,', () => {
  let folder: string;
  let system: Standalone;
  let pacs: Storescp;
  let recorder: RecordingTarget;
  let sent = 0;
  const samples = validSamples();
  const taken = new Set<string>();
  const delivered: string[] = [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    pacs = await Storescp.start(join(folder, 'pacs'));
    recorder = await RecordingTarget.listen();
    const asStored = { transcode: 'never', retry: { attempts: 1 } };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs', asStored), recorder.configured('recorder')],
      rules: [
        { name: 'r', condition: `@StudyDescription@ == '${FOR_THE_RECORDER}'`, action: 'route', targets: ['recorder'] },
        { name: 'all others', condition: 'True', action: 'route', targets: ['pacs'], fallback: true },
      ],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([pacs?.stop(), recorder?.close()]);
    await removeFolder(folder);
  });

  /** Waits until each object that was ever sent was delivered or refused. Answers with what was not delivered. */
  const untilOver = (): Promise<readonly DeliveryLine[]> =>
    eventually(`deliveries of ${sent} objects`, async () => {
      const lines = await system.waystation.get<readonly DeliveryLine[]>('/api/deliveries?limit=1000');
      const over = lines.filter(({ status }) => status === 'succeeded' || status === 'abandoned');
      const objects = over.reduce((sum, { instances }) => sum + instances, 0);
      return objects === sent ? over.filter(({ status }) => status === 'abandoned') : undefined;
    });

  it.each([
    ['storescu', sendByStorescu, isSentByStorescu],
    ['dcmsend', byDcmsend, isSentByDcmtk],
  ] as const)('sent by %s, arrives at storescp as if sent there at once', async (sender, sendBy, isSent) => {
    const objects = [...withUidsOfTheirOwn(samples, taken), ...syntheticObjects()].filter(isSent);
    const paths = await writeObjectFiles(join(folder, sender), objects);
    const direct = await Storescp.start(join(folder, `${sender}-direct`));
    await Promise.all([direct.port, system.dicomPort].map((to) => sendBy(to, objects, paths)));
    await direct.stop();
    sent += objects.length;
    expect(await untilOver()).toEqual([]);
    const [expected, actual] = [direct.newFiles(), pacs.newFiles()];
    expect(expected).toHaveLength(objects.length);
    expect(differences(await dumpsOf(expected), await dumpsOf(actual))).toEqual([]);
    delivered.push(...hashesOf(actual));
    expect(hashesOf(actual)).toEqual(hashesOf(expected));
  });

  it('sent by ourselves, arrives at storescp as it is in the file, and what storescp does not take elsewhere', async () => {
    const objects = [...withUidsOfTheirOwn(samples, taken), ...syntheticObjects()];
    const [carried, others] = [true, false].map((is) =>
      objects.filter(({ transferSyntaxUid }) => isCarriedByDcmtk(transferSyntaxUid) === is),
    );
    const paths = await writeObjectFiles(join(folder, 'ourselves'), carried ?? []);
    await sendAll(system.dicomPort, objects);
    sent += objects.length;
    const refused = await untilOver();
    const actual = pacs.newFiles();
    expect(differences(await dumpsOf(paths), await dumpsOf(actual))).toEqual([]);
    delivered.push(...hashesOf(actual));
    expect(hashesOf(actual)).toEqual(travelling(carried ?? []));
    const recorded = [...recorder.received.values()].flat().toSorted();
    expect(recorded).toEqual(travelling(others?.filter(isSynthetic) ?? []));
    for (const { lastFailure } of refused) expect(lastFailure).toContain('not sent');
    const lacking = refused.reduce((sum, { instances, delivered }) => sum + instances - delivered, 0);
    expect(lacking).toBe((others ?? []).length - recorded.length);
  });

  it('is kept bit by bit as it was sent on', async () => {
    const kept = dataSetHashes(await readAllKept(system.dataFolder));
    expect(kept).toHaveLength(sent);
    expect(kept).toEqual(expect.arrayContaining([...delivered, ...[...recorder.received.values()].flat()]));
  });
});
