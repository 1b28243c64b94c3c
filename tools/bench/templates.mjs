import { createCipheriv } from 'node:crypto';
import { syntheticInstance } from '../../libs/testing/dist/index.js';
import { JPEG_LOSSLESS } from './cases.mjs';
import { instanceUid, seriesUid, studyUid } from './uids.mjs';

/**
 * The data sets of a case, ready to be given UIDs: `header` up to the value of the pixel data, `pixels` behind it; and the
 * places in the header where the UIDs stand.
 */
export const templatesOf = ({ modality, sopClassUid, transferSyntaxUid, shapes }) =>
  shapes.map((shape) => {
    const uids = { instance: instanceUid(0), series: seriesUid(0), study: studyUid(0) };
    const elements = elementsBeforePixels(shape, { modality, sopClassUid }, uids);
    const encapsulated = transferSyntaxUid === JPEG_LOSSLESS;
    const header = Buffer.concat([elements, pixelDataHeader(shape.bytes, encapsulated)]);
    const pixels = encapsulated ? jpegFragment(shape.bytes) : noise(shape.bytes);
    const places = Object.fromEntries(Object.entries(uids).map(([name, uid]) => [name, header.indexOf(uid)]));
    return { header, pixels, places, length: header.length + pixels.length };
  });

/** About a hundred elements: routing header, sequence, private blocks. */
function elementsBeforePixels({ rows, columns, frames }, { modality, sopClassUid }, uids) {
  const { dataSet } = syntheticInstance({
    seed: 'bench',
    sopClass: sopClassUid,
    sopInstanceUid: uids.instance,
    seriesInstanceUid: uids.series,
    studyInstanceUid: uids.study,
    modality,
    charset: 'ISO_IR 100',
    overrides: {
      ...ordinaryValues,
      Rows: String(rows),
      Columns: String(columns),
      NumberOfFrames: frames > 1 ? String(frames) : null,
    },
  });
  const end = dataSet.indexOf(Buffer.from([0xe0, 0x7f, 0x10, 0x00]));
  return Buffer.concat([dataSet.subarray(0, end), privateBlock(40)]);
}

const ordinaryValues = {
  SeriesDate: '20260131',
  AcquisitionDate: '20260131',
  SeriesTime: '101600',
  AcquisitionTime: '101700.250',
  StationAETitle: 'SCANNER1',
  InstitutionName: 'Synthetic Hospital',
  StationName: 'ROOM1',
  InstitutionalDepartmentName: 'Radiology',
  OperatorsName: 'Operator^Otto',
  ManufacturerModelName: 'Model T',
  PatientAge: '056Y',
  PatientWeight: '70',
  ScanOptions: 'HELICAL',
  DeviceSerialNumber: '4711',
  SoftwareVersions: 'v1\\v2\\v3',
  ConvolutionKernel: 'H30s',
  PatientPosition: 'HFS',
  AcquisitionNumber: '3',
  FrameOfReferenceUID: '2.25.4711',
  ImagesInAcquisition: '250',
  BurnedInAnnotation: 'NO',
};

/** A creator and `count` values, the last group before the pixels (PS3.5 7.8.1). */
function privateBlock(count) {
  const element = (number, text) => {
    const head = Buffer.from([0x41, 0x00, number, text === CREATOR ? 0x00 : 0x10, 0x4c, 0x4f, text.length, 0x00]);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const values = Array.from({ length: count }, (_, index) => element(index + 1, `private value ${100 + index}`));
  return Buffer.concat([element(0x10, CREATOR), ...values]);
}

const CREATOR = 'BENCH PRIVATE ';

function pixelDataHeader(bytes, encapsulated) {
  const header = Buffer.from([0xe0, 0x7f, 0x10, 0x00, 0x4f, encapsulated ? 0x42 : 0x57, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32LE(encapsulated ? 0xffffffff : bytes, 8);
  return header;
}

/** An empty offset table, one fragment that begins and ends as a JPEG does, and the delimiter (PS3.5 A.4). */
function jpegFragment(bytes) {
  const fragment = noise(bytes);
  fragment.writeUInt16BE(0xffd8, 0);
  fragment.writeUInt16BE(0xffd9, bytes - 2);
  return Buffer.concat([item(0xe000, 0), item(0xe000, bytes), fragment, item(0xe0dd, 0)]);
}

function item(element, length) {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(0xfffe, 0);
  bytes.writeUInt16LE(element, 2);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

/** The same for the same length, so that what was stored can be compared. */
const noise = (bytes) =>
  createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16)).update(Buffer.alloc(bytes));
