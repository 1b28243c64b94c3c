import { CodedError } from '@waystation/kernel';

/** @param offset byte of the data set where it stops to make sense */
export const malformed = (offset: number, expected: string, found: string): CodedError =>
  new CodedError('dicom.malformed', `data set is malformed at byte ${offset}: expected ${expected}, found ${found}`, {
    details: { offset },
  });

/** @param offset how many bytes the data set has */
export const truncated = (offset: number, inside: string): CodedError =>
  new CodedError('dicom.truncated', `data set ends after ${offset} bytes in the middle of ${inside}`, {
    details: { offset },
  });
