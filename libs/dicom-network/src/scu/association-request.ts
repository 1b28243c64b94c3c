import { CodedError, isAeTitle } from '@waystation/kernel';
import { waystationImplementation } from '../association/implementation.js';
import { type AssociateRequestPdu, DICOM_APPLICATION_CONTEXT, PROTOCOL_VERSION } from '../pdu/associate-pdu.js';
import type { ProposedContext } from '../pdu/presentation-context.js';
import type { Peer } from './peer.js';

const checkedAeTitle = (title: string): string => {
  if (isAeTitle(title)) return title;
  throw new CodedError('dicom-network.invalid-ae-title', `'${title}' is no AE title of 1 to 16 printable characters`);
};

/**
 * What is asked of a peer.
 * @param operationsWindow operations we would like to have outstanding; 1 is not negotiated, it is what goes without saying
 * @throws CodedError `dicom-network.invalid-ae-title`
 */
export const associationRequest = (
  peer: Peer,
  contexts: readonly ProposedContext[],
  maximumLength: number,
  operationsWindow: number,
): AssociateRequestPdu => {
  const { classUid, versionName } = peer.implementation ?? waystationImplementation;
  return {
    protocolVersion: PROTOCOL_VERSION,
    calledAeTitle: checkedAeTitle(peer.calledAeTitle),
    callingAeTitle: checkedAeTitle(peer.callingAeTitle),
    applicationContext: DICOM_APPLICATION_CONTEXT,
    contexts,
    userInformation: {
      maximumLength,
      implementationClassUid: classUid,
      implementationVersionName: versionName,
      asynchronousOperations: operationsWindow > 1 ? { invoked: operationsWindow, performed: 1 } : undefined,
    },
  };
};
