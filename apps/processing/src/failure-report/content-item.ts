import type { DicomDataset } from '@waystation/module-sdk';

/** A concept by its code (PS3.3 8.8). */
export interface Concept {
  readonly value: string;
  readonly scheme: 'DCM' | '99WAYSTATION';
  readonly meaning: string;
}

/** A concept of Waystation's own: PS3.16 has none for what a machine could not do. */
export const own = (value: string, meaning: string): Concept => ({ value, scheme: '99WAYSTATION', meaning });

/** PS3.16 annex D. */
export const seriesConcept: Concept = { value: '112002', scheme: 'DCM', meaning: 'Series Instance UID' };

/** The name of a content item, or of a whole document (PS3.3 C.17.3). */
export const nameOf = ({ value, scheme, meaning }: Concept): DicomDataset => ({
  ConceptNameCodeSequence: [{ CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning }],
});

const item = (type: string, concept: Concept, value: DicomDataset): DicomDataset => ({
  RelationshipType: 'CONTAINS',
  ValueType: type,
  ...nameOf(concept),
  ...value,
});

export const textItem = (concept: Concept, text: string): DicomDataset => item('TEXT', concept, { TextValue: text });

export const uidItem = (concept: Concept, uid: string): DicomDataset => item('UIDREF', concept, { UID: uid });

/** @param at as DICOM writes dates with times (PS3.5 6.2) */
export const timeItem = (concept: Concept, at: string): DicomDataset => item('DATETIME', concept, { DateTime: at });
