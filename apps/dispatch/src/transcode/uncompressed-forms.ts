import { Readable } from 'node:stream';
import { canReencode, reencode, type DecodeFrame } from '@waystation/dicom';
import type { SendableInstance, StoredForm } from '@waystation/dicom-network';
import { CodedError } from '@waystation/kernel';

/** What a target may take where it refuses what is stored, the one that says more first (PS3.5 A.1 and A.2). */
export const uncompressed = ['1.2.840.10008.1.2.1', '1.2.840.10008.1.2'] as const;

/** Faults of the object itself; whatever else goes wrong while it is read may go well the next time. */
const isOfTheObject = (error: unknown): error is CodedError =>
  error instanceof CodedError && (error.code.startsWith('dicom.') || error.code === 'dicom-codecs.undecodable');

/**
 * The forms without compression in which an object can be sent instead of the stored one: none where it is in a transfer
 * syntax that nothing here decodes. A form is made while it is read, one frame at a time.
 *
 * @param onFailure told what makes it impossible; the stream breaks off then
 */
export const uncompressedForms = (
  instance: SendableInstance,
  decodeFrame: DecodeFrame,
  onFailure: (error: CodedError) => void,
): readonly StoredForm[] =>
  uncompressed
    .filter((to) => to !== instance.transferSyntaxUid && canReencode(instance.transferSyntaxUid, to))
    .map((to) => ({
      transferSyntaxUid: to,
      open: async () => Readable.from(rewritten(instance, to, decodeFrame, onFailure), { objectMode: false }),
    }));

async function* rewritten(
  instance: SendableInstance,
  to: string,
  decodeFrame: DecodeFrame,
  onFailure: (error: CodedError) => void,
): AsyncGenerator<Buffer> {
  const stored = await instance.open();
  try {
    yield* reencode(stored as AsyncIterable<Buffer>, { from: instance.transferSyntaxUid, to }, decodeFrame);
  } catch (error) {
    if (isOfTheObject(error)) onFailure(error);
    throw error;
  } finally {
    stored.destroy();
  }
}
