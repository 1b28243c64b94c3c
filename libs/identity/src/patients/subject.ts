import type { Facts } from '@waystation/events';

/** Whose key it is: a patient, or the patient of a study that names nobody. */
export type Subject =
  | {
      readonly patientId: string;
      /** Issuer of Patient ID (PS3.3 C.7.1.1); empty where none is said. */
      readonly issuer: string;
    }
  | { readonly studyInstanceUid: string };

/** Whose facts these are. */
export const subjectOf = (facts: Facts, studyInstanceUid: string): Subject => {
  const patientId = facts['PatientID']?.trim() ?? '';
  return patientId === '' ? { studyInstanceUid } : { patientId, issuer: facts['IssuerOfPatientID']?.trim() ?? '' };
};
