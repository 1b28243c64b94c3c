import type { Elements } from '../data-set/element.js';
import { asciiAt } from '../data-set/value-of.js';
import type { HoldReason } from './hold-reason.js';

const SOP_CLASS = 0x00080016;
const MODALITY = 0x00080060;
const CONVERSION_TYPE = 0x00080064;
const BURNED_IN_ANNOTATION = 0x00280301;
const ENCAPSULATED_DOCUMENT = 0x00420011;

/** Ultrasound and secondary capture, single-frame and multi-frame (PS3.4 B.5). */
const classesAtRisk: ReadonlySet<string> = new Set([
  '1.2.840.10008.5.1.4.1.1.3',
  '1.2.840.10008.5.1.4.1.1.3.1',
  '1.2.840.10008.5.1.4.1.1.6',
  '1.2.840.10008.5.1.4.1.1.6.1',
  '1.2.840.10008.5.1.4.1.1.6.3',
  '1.2.840.10008.5.1.4.1.1.7',
  '1.2.840.10008.5.1.4.1.1.7.1',
  '1.2.840.10008.5.1.4.1.1.7.2',
  '1.2.840.10008.5.1.4.1.1.7.3',
  '1.2.840.10008.5.1.4.1.1.7.4',
]);
/** Modalities whose images are screens, films, photographs or waveform print-outs, or have the patient written into them. */
const modalitiesAtRisk: ReadonlySet<string> = new Set([
  'BDUS', 'DMS', 'ECG', 'ES', 'FID', 'GM', 'HC', 'IVUS', 'OP', 'OPM', 'OPT', 'OT', 'SC', 'SM', 'TG', 'US', 'XC',
]); // prettier-ignore

/**
 * What speaks against letting the object out: text burned into its pixels, or that nobody says there is none where there
 * often is; and a document, which has text of its own. Elements of the top level, without pixel data.
 */
export const whyHeld = (elements: Elements, hasPixels: boolean): readonly HoldReason[] => {
  const reasons: HoldReason[] = [];
  const said = asciiAt(elements, BURNED_IN_ANNOTATION).trim().toUpperCase();
  if (said === 'YES') reasons.push('burned-in-annotation');
  else if (said !== 'NO' && hasPixels && isAtRisk(elements)) reasons.push('burned-in-annotation-unknown');
  const isDocument = asciiAt(elements, SOP_CLASS).startsWith('1.2.840.10008.5.1.4.1.1.104.');
  if (isDocument || elements.some(({ tag }) => tag === ENCAPSULATED_DOCUMENT)) reasons.push('encapsulated-document');
  return reasons;
};

const isAtRisk = (elements: Elements): boolean =>
  classesAtRisk.has(asciiAt(elements, SOP_CLASS)) ||
  modalitiesAtRisk.has(asciiAt(elements, MODALITY).trim().toUpperCase()) ||
  asciiAt(elements, CONVERSION_TYPE) !== '';
