import type { EncodedFrame } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';

/** @param why what was expected and what was found */
export const undecodable = ({ number }: Pick<EncodedFrame, 'number'>, why: string, cause?: unknown): CodedError =>
  new CodedError('dicom-codecs.undecodable', `frame ${number} cannot be decoded: ${why}`, { cause });
