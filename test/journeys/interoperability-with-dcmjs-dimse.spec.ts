import { join } from 'node:path';
import { syntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DcmjsServer, echoByDcmjs, elementsInFile, sendByDcmjs } from '../harness/dcmjs-peer.js';
import { dataSetHashes } from '../harness/dcmtk.js';
import { readAllKept } from '../harness/kept-objects.js';
import { withUidsOfTheirOwn, writeObjectFiles, type ObjectFile } from '../harness/object-files.js';
import { validSamples } from '../harness/samples.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { hashesOf, Storescp } from '../harness/storescp.js';
import { eventually } from '../harness/waystation.js';

/** Ends of the transfer syntaxes that dcmjs-dimse encodes as it says: data sets that it calls deflated are not. */
const syntaxes = ['', '.1', '.2', '.4.50', '.4.51', '.4.70', '.4.80', '.4.81', '.4.90', '.4.91', '.5'];
/** Samples that dcmjs has no complaint about, in as many transfer syntaxes. */
const chosen =
  /CT_small|MR_small|JPEG2000\.dcm|JPGExtended|SC_rgb_jpeg_gdcm|examples_|CT1_UNC|rtplan|liver_1frame|reportsi\.|test-SR|US1_J2KI/;

// REQ-INTEROP-5: dcmjs-dimse, which has no code in common with DCMTK, as the sender and as the target.
describe('dcmjs-dimse', () => {
  let folder: string;
  let system: Standalone;
  let target: DcmjsServer;
  let judge: Storescp;
  const taken = new Set<string>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    judge = await Storescp.start(join(folder, 'judge'));
    target = await DcmjsServer.listen();
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [{ name: 'dcmjs', kind: 'dicom', host: '127.0.0.1', port: target.port, calledAeTitle: 'DCMJS' }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['dcmjs'] }],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    target?.close();
    await judge?.stop();
    await removeFolder(folder);
  });

  const newObjects = async (name: string): Promise<{ objects: readonly ObjectFile[]; paths: readonly string[] }> => {
    const samples = validSamples().filter((sample) => chosen.test(sample.name));
    const synthetic = [...syntaxes.map((end) => ({ transferSyntax: `1.2.840.10008.1.2${end}` })), { rows: 512 }];
    const objects = [
      ...withUidsOfTheirOwn(samples, taken),
      ...synthetic.map((options) => ({ name: 'synthetic', ...syntheticInstance(options) })),
    ];
    return { objects, paths: await writeObjectFiles(join(folder, name), objects) };
  };

  it('gets an answer to its echo', async () => {
    expect(await echoByDcmjs(system.dicomPort)).toEqual([0]);
  });

  it('understands, as a target, what it understands in the files that we were sent', async () => {
    const { objects, paths } = await newObjects('sent');
    await sendAll(system.dicomPort, objects);
    await eventually('the objects at the server', async () => target.received.size === objects.length || undefined);
    for (const [index, { sopInstanceUid }] of objects.entries()) {
      const elements = elementsInFile(paths[index] ?? '');
      expect(Object.keys(elements).length).toBeGreaterThan(10);
      expect(target.received.get(sopInstanceUid)).toEqual(elements);
    }
  });

  it('has what it sends us kept as storescp keeps it', async () => {
    const { objects, paths } = await newObjects('uploaded');
    const before = new Set(dataSetHashes(await readAllKept(system.dataFolder)));
    // Of several contexts for a SOP class dcmjs-dimse may take the wrong one: an association for each transfer syntax.
    for (const syntax of new Set(objects.map(({ transferSyntaxUid }) => transferSyntaxUid))) {
      const files = paths.filter((_, index) => objects[index]?.transferSyntaxUid === syntax);
      for (const port of [judge.port, system.dicomPort])
        expect(await sendByDcmjs(port, files)).toEqual(files.map(() => 0));
    }
    const kept = dataSetHashes(await readAllKept(system.dataFolder)).filter((hash) => !before.has(hash));
    expect(kept).toHaveLength(objects.length);
    expect(kept).toEqual(hashesOf(judge.newFiles()));
  });
});
