import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { encodeDataSet, syntheticInstance, type SyntheticElement, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetOf, dataSetsUnder } from '../harness/dcmtk.js';
import { readKept } from '../harness/kept-objects.js';
import { send, sendAll, type Sendable } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const EXPLICIT = '1.2.840.10008.1.2.1';
const IMPLICIT = '1.2.840.10008.1.2';
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const text = (tag: number, vr: SyntheticElement['vr'], value: string): SyntheticElement => ({
  tag,
  vr,
  value: Buffer.from(value, 'latin1'),
});

/** What scanners write behind the routing header: who ordered it, and what only their maker knows. */
const behind = [
  text(0x00410010, 'LO', 'SYNTHETIC MAKER'),
  text(0x00411008, 'LO', 'Trial 7'),
  text(0x00430010, 'LO', 'GEMS_PARM_01'),
  text(0x00431039, 'IS', '1000\\8\\0\\0'),
];
const request: SyntheticElement = {
  tag: 0x00400275,
  vr: 'SQ',
  value: [[text(0x00400007, 'LO', 'Stroke protocol'), text(0x00401001, 'SH', 'RP-4711')]],
};
const withAll = (instance: SyntheticInstance): Sendable => {
  const marks = [Buffer.from([0x40, 0x00, 0x75, 0x02]), Buffer.from([0xe0, 0x7f, 0x10, 0x00])];
  const [own = 0, pixels = 0] = marks.map((mark) => instance.dataSet.indexOf(mark));
  const before = instance.dataSet.subarray(0, own);
  const inserted = encodeDataSet([request, ...behind], EXPLICIT, () => true);
  return { ...instance, dataSet: Buffer.concat([before, inserted, instance.dataSet.subarray(pixels)]) };
};

// REQ-DECIDE-7, REQ-RECEIVE-11: what an object says beyond plain elements, and what is wrong with it.
describe('Rules', () => {
  let folder: string;
  let system: Standalone;
  const scan = syntheticInstance({ modality: 'MR' });
  const misdeclared = syntheticInstance({ patientName: Buffer.from('M\xfcller^J\xf6rg', 'latin1'), modality: 'OT' });

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    const condition = [
      "tags.RequestAttributesSequence[0].ScheduledProcedureStepDescription == 'Stroke protocol'",
      "@RequestAttributesSequence[0].RequestedProcedureID@.startswith('RP')",
      "int(@(0043,xx39,GEMS_PARM_01)@.split('\\\\')[0]) >= 1000",
      "tags['(0041,xx08,SYNTHETIC MAKER)'] == 'Trial 7'",
      `@TransferSyntaxUID@ == '${EXPLICIT}' and @MediaStorageSOPClassUID@ == @SOPClassUID@`,
    ].join(' and ');
    const path = (name: string): string => join(folder, name);
    const { document, version } = await system.waystation.get<{ document: object; version: number }>(
      '/api/configuration',
    );
    const published = await publish({
      basedOn: version,
      document: {
        ...document,
        completion: { quietPeriodSeconds: 0.5 },
        facts: { additional: [{ element: '(0041,xx08,SYNTHETIC MAKER)' }] },
        targets: ['stroke', 'clean-up'].map((name) => ({ kind: 'folder', name, path: path(name) })),
        rules: [
          { name: 'Stroke', condition, action: 'route', targets: ['stroke'] },
          {
            name: 'Names to look at',
            condition: "'dicom.character-set-missing' in @HeaderWarnings@",
            action: 'route',
            targets: ['clean-up'],
          },
        ],
      },
    });
    expect(published.status, await published.text()).toBeLessThan(300);
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const publish = (body: object): Promise<Response> =>
    fetch(`${system.waystation.url}/api/configuration`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('see sequences, private elements and the transfer syntax', async () => {
    await sendAll(system.dicomPort, [withAll(scan)]);
    await system.waystation.deliveries(scan.seriesInstanceUid, 1);
    expect(dataSetsUnder(join(folder, 'stroke'))).toHaveLength(1);
  });

  it('leave who the patient is out of what they explain, in sequences and private elements too', async () => {
    const history = await system.waystation.history(scan.seriesInstanceUid);
    const opened = history.find(({ type }) => type === 'series.opened.v1');
    expect(opened?.data['header']).toMatchObject({
      'RequestAttributesSequence[0].ScheduledProcedureStepDescription': 'Stroke protocol',
      '(0043,xx39,GEMS_PARM_01)': '1000\\8\\0\\0',
    });
    expect(JSON.stringify(opened?.data['header'])).not.toMatch(/RP-4711|Trial 7/);
    const decided = history.find(({ type }) => type === 'series.routed.v1');
    expect(JSON.stringify(decided?.data)).toContain('1000');
    expect(JSON.stringify(decided?.data)).not.toMatch(/RP-4711/);
  });

  it('may ask what is wrong with an object, which history tells as well', async () => {
    await sendAll(system.dicomPort, [misdeclared]);
    await system.waystation.deliveries(misdeclared.seriesInstanceUid, 1);
    expect(dataSetsUnder(join(folder, 'clean-up'))).toHaveLength(1);
    const { stdout } = await system.waystation.run('history', misdeclared.seriesInstanceUid);
    const warned = stdout.split('\n').find((line) => line.includes('no character set is declared'));
    expect(warned).toContain('value of PatientName has more than ASCII');
    expect(warned).not.toMatch(/ller/);
  });

  it('that ask for what is not read are refused, with what to do about it', async () => {
    const { document } = await system.waystation.get<{ document: { rules: readonly object[] } }>('/api/configuration');
    const rule = { name: 'Unread', condition: "tags['(0041,xx09,SYNTHETIC MAKER)'] == 'x'", action: 'discard' };
    const refused = await publish({ document: { ...document, rules: [...document.rules, rule] } });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('add it to facts.additional');
  });

  it('never see an object that is written in another way than it says: it is kept aside', async () => {
    const object: Sendable = { ...syntheticInstance({ transferSyntax: IMPLICIT }), transferSyntaxUid: EXPLICIT };
    const [receipt] = await send(system.dicomPort, [object]);
    expect(receipt?.status).toBe(0xc000);
    expect(receipt?.comment).toContain('data set is Implicit VR Little Endian');
    const line = await eventually('the line in quarantine', async () => {
      const lines = await system.waystation.get<readonly { objectKey: string; reason: string }[]>('/api/quarantine');
      return lines.find(({ objectKey }) => objectKey.includes(sha256(object.dataSet)));
    });
    expect(line.reason).toContain('dicom.transfer-syntax-mismatch');
    const kept = dataSetOf(await readKept(system.dataFolder, line.objectKey));
    expect(kept.equals(object.dataSet)).toBe(true);
  });
});
