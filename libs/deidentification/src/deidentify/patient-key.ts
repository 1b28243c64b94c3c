import type { Elements } from '../data-set/element.js';
import { asciiAt } from '../data-set/value-of.js';

const PATIENT_NAME = 0x00100010;
const PATIENT_ID = 0x00100020;
const ISSUER_OF_PATIENT_ID = 0x00100021;
const PATIENT_BIRTH_DATE = 0x00100030;
const STUDY_INSTANCE_UID = 0x0020000d;

/** What tells a patient from others: number and issuer, else name and day of birth, else the study. */
export const patientKeyOf = (elements: Elements): string => {
  const at = (tag: number): string => asciiAt(elements, tag).trim();
  if (at(PATIENT_ID) !== '') return `id|${at(PATIENT_ID)}|${at(ISSUER_OF_PATIENT_ID)}`;
  if (at(PATIENT_NAME) !== '') return `name|${at(PATIENT_NAME).toUpperCase()}|${at(PATIENT_BIRTH_DATE)}`;
  return `study|${at(STUDY_INSTANCE_UID)}`;
};
