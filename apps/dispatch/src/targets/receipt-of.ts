import { canReencode, transferSyntaxes } from '@waystation/dicom';
import { dimseStatus, isFailure, type SendableInstance, type SendReceipt } from '@waystation/dicom-network';
import type { DicomTarget } from '@waystation/events';
import type { CodedError } from '@waystation/kernel';
import { uncompressed } from '../transcode/uncompressed-forms.js';
import type { TargetReceipt } from './target-sender.js';

/**
 * What a target said of an object.
 * @param stored transfer syntax it is stored in
 */
export const receiptOf = (
  { sopInstanceUid, status, comment, transferSyntaxUid }: SendReceipt,
  { transcode }: DicomTarget,
  stored: string,
): TargetReceipt => {
  const said = { sopInstanceUid, receipt: dimseStatus(status) };
  if (!isFailure(status)) return { ...said, accepted: true, transferSyntaxUid: transferSyntaxUid ?? stored };
  if (transferSyntaxUid !== undefined) return { ...said, accepted: false, final: false };
  const why = comment ?? said.receipt;
  return { sopInstanceUid, accepted: false, receipt: `${why}${whyNothingElse(transcode, stored)}`, final: false };
};

/** Why there was nothing else that the target could have been offered. */
const whyNothingElse = (transcode: DicomTarget['transcode'], stored: string): string => {
  if (transcode === 'never') return '; the target is to be sent nothing but what is stored (transcode: never)';
  if (uncompressed.some((to) => canReencode(stored, to))) return '';
  return `; nothing here decodes ${transferSyntaxes.get(stored)?.name ?? 'that transfer syntax'}`;
};

/** An object that the target would have taken in another form, had it been possible to make it. */
export const unsendable = (
  { sopInstanceUid, transferSyntaxUid }: SendableInstance,
  { code, message }: CodedError,
): TargetReceipt => ({
  sopInstanceUid,
  accepted: false,
  receipt: `not sent: the target does not take ${transferSyntaxes.get(transferSyntaxUid)?.name ?? transferSyntaxUid}, and it cannot be undone: ${message} (${code})`,
  final: true,
});
