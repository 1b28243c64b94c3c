import { storescu } from './dcmtk.js';
import type { ObjectFile } from './object-files.js';

/** The transfer syntaxes that DCMTK 3.6.7 carries, and how storescu is told to propose each. */
const dcmtkSyntaxes = [
  ['1.2.840.10008.1.2', '--propose-implicit'],
  ['1.2.840.10008.1.2.1', '--propose-little'],
  ['1.2.840.10008.1.2.1.99', '--propose-deflated'],
  ['1.2.840.10008.1.2.2', '--propose-big'],
  ['1.2.840.10008.1.2.4.50', '--propose-jpeg8'],
  ['1.2.840.10008.1.2.4.51', '--propose-jpeg12'],
  ['1.2.840.10008.1.2.4.70', '--propose-lossless'],
  ['1.2.840.10008.1.2.4.80', '--propose-jls-lossless'],
  ['1.2.840.10008.1.2.4.81', '--propose-jls-lossy'],
  ['1.2.840.10008.1.2.4.90', '--propose-j2k-lossless'],
  ['1.2.840.10008.1.2.4.91', '--propose-j2k-lossy'],
  ['1.2.840.10008.1.2.4.100', '--propose-mpeg2'],
  ['1.2.840.10008.1.2.4.101', '--propose-mpeg2-high'],
  ['1.2.840.10008.1.2.4.102', '--propose-mpeg4'],
  ['1.2.840.10008.1.2.4.103', '--propose-mpeg4-bd'],
  ['1.2.840.10008.1.2.4.104', '--propose-mpeg4-2-2d'],
  ['1.2.840.10008.1.2.4.105', '--propose-mpeg4-2-3d'],
  ['1.2.840.10008.1.2.4.106', '--propose-mpeg4-2-st'],
  ['1.2.840.10008.1.2.4.107', '--propose-hevc'],
  ['1.2.840.10008.1.2.4.108', '--propose-hevc10'],
  ['1.2.840.10008.1.2.5', '--propose-rle'],
] as const;

/** Whether DCMTK's storescu and storescp carry a transfer syntax. */
export const isCarriedByDcmtk = (transferSyntaxUid: string): boolean =>
  dcmtkSyntaxes.some(([uid]) => uid === transferSyntaxUid);

/** All their elements are written as UN, the SOP Class UID too: DCMTK does not know what to call them. */
const namelessToDcmtk: readonly string[] = [
  'pydicom-data/explicit_VR-UN.dcm',
  'pydicom/test_files/rtdose_rle.dcm',
  'pydicom/test_files/rtdose_rle_1frame.dcm',
];

/** Whether what is built on DCMTK can send an object. */
export const isSentByDcmtk = ({ name, transferSyntaxUid }: ObjectFile): boolean =>
  isCarriedByDcmtk(transferSyntaxUid) && !namelessToDcmtk.includes(name);

/** storescu has a list of the SOP classes it sends, with no private one on it. */
const privateClass = 'fo-dicom/genFile.dcm';

export const isSentByStorescu = (object: ObjectFile): boolean => isSentByDcmtk(object) && object.name !== privateClass;

/**
 * Lets storescu send objects, each as it is encoded in its file.
 * @param paths of the objects, in their order
 * @throws Error where one is not taken
 */
export const sendByStorescu = async (
  port: number,
  objects: readonly ObjectFile[],
  paths: readonly string[],
): Promise<void> => {
  for (const [syntax, option] of dcmtkSyntaxes) {
    const files = paths.filter((_, index) => objects[index]?.transferSyntaxUid === syntax);
    if (files.length === 0) continue;
    const { code, output } = await storescu(port, files, option);
    const taken = output.match(/Received Store Response \(Success\)/g)?.length ?? 0;
    if (code !== 0 || taken !== files.length) throw new Error(`${taken} of ${files.length} were taken:\n${output}`);
  }
};
