import { join } from 'node:path';
import { syntheticInstance } from '@waystation/testing';
import { transferSyntaxes } from '@waystation/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isSentByStorescu, sendByStorescu } from '../harness/dcmtk-syntaxes.js';
import { dataSetHashes, freePort } from '../harness/dcmtk.js';
import { differences, dumpsOf } from '../harness/dumps.js';
import { readAllKept } from '../harness/kept-objects.js';
import { withUidsOfTheirOwn, writeObjectFiles, type ObjectFile } from '../harness/object-files.js';
import { Orthanc } from '../harness/orthanc.js';
import { validSamples, type Sample } from '../harness/samples.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { hashesOf, Storescp } from '../harness/storescp.js';

/** Data Set Trailing Padding (PS3.10 7.2) in little and big endian: storescu leaves it out, and we do not. */
const paddings = ['fcfffcff', 'fffcfffc'].map((tag) => Buffer.from(tag, 'hex'));

/** One sample of each SOP class in each transfer syntax. */
const chosen = (): readonly Sample[] => {
  const comparable = validSamples().filter(({ dataSet }) => !paddings.some((padding) => dataSet.includes(padding)));
  return [...new Map(comparable.map((one) => [`${one.sopClassUid} ${one.transferSyntaxUid}`, one])).values()];
};

// REQ-INTEROP-4: Orthanc as the sender and as the target, with an object of each kind.
describe('Orthanc', () => {
  let folder: string;
  let system: Standalone;
  let orthanc: Orthanc;
  let judge: Storescp;
  const taken = new Set<string>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    judge = await Storescp.start(join(folder, 'judge'));
    orthanc = await Orthanc.start(join(folder, 'orthanc'), {
      dicomPort: await freePort(),
      peers: {
        waystation: ['WAYSTATION', '127.0.0.1', system.dicomPort],
        judge: ['JUDGE', '127.0.0.1', judge.port],
      },
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([orthanc?.stop(), judge?.stop()]);
    await removeFolder(folder);
  });

  const newObjects = async (name: string): Promise<{ objects: readonly ObjectFile[]; paths: readonly string[] }> => {
    const synthetic = [...transferSyntaxes.values()].map(({ uid, name: syntax }) => ({
      name: syntax,
      ...syntheticInstance({ transferSyntax: uid }),
    }));
    const objects = [...withUidsOfTheirOwn(chosen(), taken), ...synthetic].filter(isSentByStorescu);
    return { objects, paths: await writeObjectFiles(join(folder, name), objects) };
  };

  it('gets an answer to its echo', async () => {
    await orthanc.echo('waystation');
  });

  it('gets from us, as a target, what it gets from storescu', async () => {
    const { objects, paths } = await newObjects('sent');
    await sendByStorescu(orthanc.dicomPort, objects, paths);
    const names = await orthanc.has(objects.length);
    const fromStorescu = await orthanc.download(names, join(folder, 'from-storescu'));
    await orthanc.remove(names);
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [
        { name: 'orthanc', kind: 'dicom', host: '127.0.0.1', port: orthanc.dicomPort, calledAeTitle: 'ORTHANC' },
      ],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['orthanc'] }],
    });
    await sendAll(system.dicomPort, objects);
    const fromUs = await orthanc.download(await orthanc.has(objects.length), join(folder, 'from-us'));
    expect(differences(await dumpsOf(fromStorescu), await dumpsOf(fromUs))).toEqual([]);
    expect(hashesOf(fromUs)).toEqual(hashesOf(fromStorescu));
  });

  it('has what it sends us kept as storescp keeps it', async () => {
    const { objects, paths } = await newObjects('uploaded');
    const before = await readAllKept(system.dataFolder);
    const names = await orthanc.upload(paths);
    await Promise.all([orthanc.store('judge', names), orthanc.store('waystation', names)]);
    const kept = (await readAllKept(system.dataFolder)).filter((file) => !before.some((one) => one.equals(file)));
    expect(kept).toHaveLength(objects.length);
    expect(dataSetHashes(kept)).toEqual(hashesOf(judge.newFiles()));
  });
});
