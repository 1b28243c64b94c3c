import type { Element } from '../data-set/element.js';
import { textElement } from '../data-set/value-of.js';
import type { Profile } from '../profile/profile.js';
import type { ProfileOption } from '../profile/profile-option.js';
import { TABLE_EDITION } from '../table/confidentiality-table.js';
import { codeItem } from './dummy-items.js';

/** CID 7050 of PS3.16. */
const codes: Readonly<Record<ProfileOption, readonly [code: string, meaning: string]>> = {
  'clean-graphics': ['113103', 'Clean Graphics Option'],
  'clean-structured-content': ['113104', 'Clean Structured Content Option'],
  'clean-descriptors': ['113105', 'Clean Descriptors Option'],
  'retain-full-dates': ['113106', 'Retain Longitudinal Temporal Information Full Dates Option'],
  'retain-modified-dates': ['113107', 'Retain Longitudinal Temporal Information Modified Dates Option'],
  'retain-patient-characteristics': ['113108', 'Retain Patient Characteristics Option'],
  'retain-device-identity': ['113109', 'Retain Device Identity Option'],
  'retain-uids': ['113110', 'Retain UIDs Option'],
  'retain-safe-private': ['113111', 'Retain Safe Private Option'],
  'retain-institution-identity': ['113112', 'Retain Institution Identity Option'],
};

/** What a data set says of its being de-identified: PS3.15 E.1.1, PS3.3 C.7.1.1 and C.12.1. */
export const methodElements = ({ options }: Profile): readonly Element[] => [
  textElement(0x00120062, 'CS', 'YES'),
  textElement(0x00120063, 'LO', `Waystation, PS3.15 ${TABLE_EDITION} Basic Profile`),
  {
    kind: 'sequence',
    tag: 0x00120064,
    vr: 'SQ',
    items: [
      codeItem('113100', 'DCM', 'Basic Application Confidentiality Profile'),
      ...options.map((option) => codeItem(codes[option][0], 'DCM', codes[option][1])),
    ],
  },
  textElement(0x00280303, 'CS', temporalInformation(options)),
];

/** Longitudinal Temporal Information Modified, PS3.3 C.12.1. */
const temporalInformation = (options: readonly ProfileOption[]): string => {
  if (options.includes('retain-full-dates')) return 'UNMODIFIED';
  return options.includes('retain-modified-dates') ? 'MODIFIED' : 'REMOVED';
};
