import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPart10 } from './part10.js';
import type { TestObject } from './test-object.js';

const NAMES = [
  'CT_small.dcm',
  'MR_small.dcm',
  'MR_small_implicit.dcm',
  'MR_small_bigendian.dcm',
  'image_dfl.dcm',
  'JPEG2000.dcm',
  'SC_rgb_jpeg_dcmtk.dcm',
  'rtplan.dcm',
  'reportsi.dcm',
];

/** Objects of real devices, where the folder with the DICOM samples is there; WAYSTATION_SAMPLES names another one. */
export const readSamples = async (): Promise<readonly TestObject[]> => {
  const root = resolve(import.meta.dirname, '../../..');
  const folder = join(process.env['WAYSTATION_SAMPLES'] ?? join(root, '..', 'shared', 'samples'), 'pydicom/test_files');
  const paths = NAMES.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const objects = await Promise.all(paths.map(readPart10));
  return objects.filter((object) => object !== undefined);
};
