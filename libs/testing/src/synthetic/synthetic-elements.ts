import { routingElements } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import type { SyntheticElement } from './synthetic-element.js';
import type { SyntheticOptions } from './synthetic-options.js';
import { syntheticPixels } from './synthetic-pixels.js';

interface Uids {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
}

type Values = Readonly<Record<string, string | Buffer | null>>;

/** The elements of a synthetic object by tag: a routing header, a private block, a nested sequence and pixels. */
export const syntheticElements = (
  options: SyntheticOptions & Uids,
  transferSyntaxUid: string,
): readonly SyntheticElement[] => {
  const { rows = 16, columns = 16, charset } = options;
  const values = { ...headerValues(options, rows, columns), ...options.overrides };
  const header = Object.entries(values).flatMap(([keyword, value]) =>
    value === null ? [] : [headerElement(keyword, value, charset)],
  );
  const pixels = syntheticPixels(options.sopInstanceUid, rows, columns, transferSyntaxUid);
  const all = [...header, ...otherElements, { tag: 0x7fe00010, vr: 'OW' as const, value: pixels }];
  return all.toSorted((one, other) => one.tag - other.tag);
};

const headerValues = (options: SyntheticOptions & Uids, rows: number, columns: number): Values => ({
  SpecificCharacterSet: options.charset ?? null,
  ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
  SOPClassUID: options.sopClassUid,
  SOPInstanceUID: options.sopInstanceUid,
  StudyDate: '20260131',
  StudyTime: '101500',
  AccessionNumber: options.accessionNumber ?? 'A0001',
  Modality: options.modality ?? 'CT',
  Manufacturer: 'Synthetic Scanners',
  ReferringPhysicianName: 'Referrer^Rita',
  StudyDescription: options.studyDescription ?? 'CT HEAD',
  SeriesDescription: options.seriesDescription ?? 'AXIAL 5MM',
  PatientName: options.patientName ?? 'Doe^Jane',
  PatientID: options.patientId ?? 'P0001',
  PatientBirthDate: '19700101',
  PatientSex: 'F',
  BodyPartExamined: 'HEAD',
  SliceThickness: '5.0',
  KVP: '120',
  ProtocolName: 'Head routine',
  StudyInstanceUID: options.studyInstanceUid,
  SeriesInstanceUID: options.seriesInstanceUid,
  StudyID: 'S1',
  SeriesNumber: '2',
  InstanceNumber: String(options.instanceNumber ?? 1),
  SamplesPerPixel: '1',
  PhotometricInterpretation: 'MONOCHROME2',
  Rows: String(rows),
  Columns: String(columns),
  BitsAllocated: '16',
});

/** What no rule asks for and a carrier must not lose: a private block, a sequence, the rest of the pixel description. */
const otherElements: readonly SyntheticElement[] = [
  { tag: 0x00090010, vr: 'LO', value: Buffer.from('SYNTHETIC') },
  { tag: 0x00091001, vr: 'UN', value: Buffer.from([0xde, 0xad, 0xbe, 0xef]) },
  { tag: 0x00280101, vr: 'US', value: 16 },
  { tag: 0x00280102, vr: 'US', value: 15 },
  { tag: 0x00280103, vr: 'US', value: 0 },
  { tag: 0x00400275, vr: 'SQ', value: [[{ tag: 0x00400007, vr: 'LO', value: Buffer.from('Head') }]] },
];

const headerElement = (keyword: string, value: string | Buffer, charset: string | undefined): SyntheticElement => {
  const element = routingElements.find((each) => each.keyword === keyword);
  if (element === undefined) {
    throw new CodedError('testing.element-unknown', `${keyword} is not in the routing header and cannot be overridden`);
  }
  const { tag, vr } = element;
  if (Buffer.isBuffer(value)) return { tag, vr, value };
  if (vr === 'US') return { tag, vr, value: Number(value) };
  return { tag, vr, value: Buffer.from(value, charset === 'ISO_IR 192' ? 'utf8' : 'latin1') };
};
