import { isDicomUid } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { isNonStorageService } from './non-storage-services.js';
import { routingElements } from './routing-elements.js';
import { storageSopClasses } from './storage-sop-classes.js';
import { transferSyntaxes } from './transfer-syntaxes.js';

describe('routing elements', () => {
  it('are in the order of a data set, each once', () => {
    const tags = routingElements.map(({ tag }) => tag);
    expect(tags).toEqual([...new Set(tags)].toSorted((one, other) => one - other));
    expect(new Set(routingElements.map(({ keyword }) => keyword)).size).toBe(routingElements.length);
  });

  it('have every element that mercure offers to rules, but for those that are no part of a data set', () => {
    // prettier-ignore
    const mercure = [
      'SpecificCharacterSet', 'SeriesInstanceUID', 'SOPInstanceUID', 'Modality', 'BodyPartExamined', 'ProtocolName',
      'RetrieveAETitle', 'Manufacturer', 'ManufacturerModelName', 'StudyDescription', 'CodeValue', 'CodeMeaning',
      'SeriesDescription', 'PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex', 'AccessionNumber',
      'ReferringPhysicianName', 'StudyID', 'SeriesNumber', 'StudyInstanceUID', 'SeriesDate', 'SeriesTime',
      'AcquisitionDate', 'AcquisitionTime', 'SequenceName', 'ScanningSequence', 'SequenceVariant',
      'MagneticFieldStrength', 'StationName', 'DeviceSerialNumber', 'DeviceUID', 'SoftwareVersions',
      'ContrastBolusAgent', 'ImageComments', 'SliceThickness', 'InstanceNumber', 'AcquisitionNumber',
      'InstitutionName', 'AcquisitionType', 'ImageType', 'StationAETitle',
    ];
    const keywords = new Set(routingElements.map(({ keyword }) => keyword));
    expect(mercure.filter((keyword) => !keywords.has(keyword))).toEqual([]);
  });

  it('count every name of a person as identity', () => {
    expect(routingElements.filter(({ vr, identity }) => vr === 'PN' && !identity)).toEqual([]);
  });
});

describe('SOP classes', () => {
  it('are UIDs', () => {
    expect([...storageSopClasses.keys()].filter((uid) => !isDicomUid(uid))).toEqual([]);
  });

  it('are either storage or another service', () => {
    expect([...storageSopClasses.keys()].filter(isNonStorageService)).toEqual([]);
  });

  it('take verification, queries and media directories for services, and private classes for storage', () => {
    expect(isNonStorageService('1.2.840.10008.1.1')).toBe(true);
    expect(isNonStorageService('1.2.840.10008.5.1.4.1.2.2.1')).toBe(true);
    expect(isNonStorageService('1.2.840.10008.1.3.10')).toBe(true);
    expect(isNonStorageService('1.3.12.2.1107.5.9.1')).toBe(false);
  });
});

describe('transfer syntaxes', () => {
  it('know the four forms of a data set', () => {
    const form = (uid: string): object => {
      const { explicit, bigEndian, deflated, encapsulated } = transferSyntaxes.get(uid) ?? {};
      return { explicit, bigEndian, deflated, encapsulated };
    };
    const plain = { explicit: true, bigEndian: false, deflated: false, encapsulated: false };
    expect(form('1.2.840.10008.1.2')).toEqual({ ...plain, explicit: false });
    expect(form('1.2.840.10008.1.2.1')).toEqual(plain);
    expect(form('1.2.840.10008.1.2.2')).toEqual({ ...plain, bigEndian: true });
    expect(form('1.2.840.10008.1.2.1.99')).toEqual({ ...plain, deflated: true });
    expect(form('1.2.840.10008.1.2.4.203')).toEqual({ ...plain, encapsulated: true });
    expect(form('1.2.840.10008.1.2.8.1')).toEqual({ ...plain, encapsulated: true });
  });
});
