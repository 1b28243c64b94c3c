import { isDicomUid } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { isNonStorageService } from './non-storage-services.js';
import type { WantedElement } from './routing-element.js';
import { routingElements } from './routing-elements.js';
import { routingSequences } from './routing-sequences.js';
import { safePrivateElements } from './safe-private-elements.js';
import { storageSopClasses } from './storage-sop-classes.js';
import { transferSyntaxes } from './transfer-syntaxes.js';
import { factNames, routingHeader, wantedElements } from './wanted-elements.js';

const withItems = (element: WantedElement): readonly WantedElement[] => [
  element,
  ...[...(element.items?.values() ?? [])].flatMap(withItems),
];

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
    expect(routingElements.flatMap(withItems).filter(({ vr, identity }) => vr === 'PN' && !identity)).toEqual([]);
  });

  it('count as identity in an item what they count as identity at the top', () => {
    const identity = new Set(routingElements.filter((element) => element.identity).map(({ tag }) => tag));
    const inItems = routingSequences.flatMap((sequence) => withItems(sequence).slice(1));
    expect(inItems.filter(({ tag, identity: isIdentity }) => identity.has(tag) && !isIdentity)).toEqual([]);
  });

  it('in items are in the order of a data set, each once', () => {
    for (const { items } of routingElements.flatMap(withItems)) {
      const tags = [...(items?.keys() ?? [])];
      expect(tags).toEqual([...new Set(tags)].toSorted((one, other) => one - other));
    }
  });
});

describe('private elements', () => {
  it('are in odd groups, each once', () => {
    expect(safePrivateElements.filter(({ tag }) => (tag & 0x10000) === 0 || (tag & 0xff00) !== 0)).toEqual([]);
    expect(new Set(safePrivateElements.map(({ keyword }) => keyword)).size).toBe(safePrivateElements.length);
  });
});

describe('names of facts', () => {
  it('are keywords, paths and private notations', () => {
    const names = factNames(routingHeader);
    expect(names).toContain('Modality');
    expect(names).toContain('RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeValue');
    expect(names).toContain('(0019,xx0C,SIEMENS MR HEADER)');
    expect(names.filter((name) => name.endsWith('].SpecificCharacterSet'))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('have what is asked for beside them', () => {
    const asked = wantedElements([{ element: '0018,9073' }, { element: '(0019,xx08,SYNTHETIC)' }]);
    const before = new Set(factNames(routingHeader));
    expect(factNames(asked).filter((name) => !before.has(name))).toEqual(['0018,9073', '(0019,xx08,SYNTHETIC)']);
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
