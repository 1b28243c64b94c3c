import type { Header } from '@waystation/dicom';
import { dimseStatuses } from '@waystation/dicom-network';
import { CodedError } from '@waystation/kernel';
import type { CollectedObject } from './collect-object.js';
import { identifyInstance, type InstanceIdentity, type Unidentifiable } from './identify-instance.js';

/** What an object is and what it says. */
export interface Identified {
  readonly uids: InstanceIdentity;
  readonly read: Header;
}

/** Finds out what a collected object is, or why it cannot be filed. @param command what its C-STORE says that it is */
export const identifyObject = (
  { header: read }: Pick<CollectedObject, 'header'>,
  command: { readonly sopClassUid: string; readonly sopInstanceUid: string },
): Identified | Unidentifiable => {
  const { cannotUnderstand } = dimseStatuses;
  if (read instanceof CodedError) return { code: read.code, reason: read.message, status: cannotUnderstand.code };
  const mismatch = read.warnings.find(({ code }) => code === 'dicom.transfer-syntax-mismatch');
  if (mismatch) return { code: mismatch.code, reason: mismatch.message, status: cannotUnderstand.code };
  const uids = identifyInstance(read.header, command);
  return 'status' in uids ? uids : { uids, read };
};
