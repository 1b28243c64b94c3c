import { encodeFileMeta } from '@waystation/dicom';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { deidentified } from '../../test/deidentified.js';
import { Dice } from '../../test/dice.js';
import { plantedIdentity } from '../../test/planted-identity.js';
import { plantedObject } from '../../test/planted-object.js';
import { profileOptions } from '../profile/profile-option.js';

const options = profileOptions.filter((option) => option !== 'retain-full-dates');
const syntaxes = [
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.2',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.4.90',
];

const latin1 = { encoding: 'latin1' } as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-deidentification-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.each(syntaxes)('DCMTK reads what is let out in %s without an error or warning, and names nobody', async (syntax) => {
  for (let seed = 1; seed <= 12; seed++) {
    const dice = new Dice(seed);
    const identity = plantedIdentity(dice);
    const dataSet = encodeDataSet(plantedObject(identity, dice), syntax);
    for (const chosen of [[], options]) {
      const { bytes, ...uids } = await deidentified(dataSet, {
        transferSyntaxUid: syntax,
        profile: { options: chosen },
      });
      const file = join(folder, 'object.dcm');
      await writeFile(file, Buffer.concat([encodeFileMeta(uids), bytes]));
      const { stdout: dump, stderr } = await promisify(execFile)('dcmdump', ['+L', '--stop-on-error', file], latin1);
      expect(stderr).toBe('');
      expect(dump).toMatch(/\(0012,0062\) CS \[YES\]/);
      expect(dump).toContain(`UI [${uids.sopInstanceUid}]`);
      expect(dump).not.toContain(identity.patientId);
    }
  }
});
