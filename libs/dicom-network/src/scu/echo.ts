import { VERIFICATION_SOP_CLASS } from '../association/negotiate.js';
import { commandField } from '../dimse/command-field.js';
import { sendRequest } from './exchange.js';
import type { Peer } from './peer.js';
import { ScuAssociation } from './scu-association.js';

/** What a peer answers to C-ECHO. */
export interface EchoReceipt {
  /** DIMSE status. */
  readonly status: number;
  /** Longest P-DATA-TF the peer takes, bytes; 0 is no limit. */
  readonly maximumLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
}

const context = { id: 1, abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntaxes: ['1.2.840.10008.1.2'] };

/**
 * Asks a peer whether it is there, and who it is (C-ECHO, PS3.4 annex A).
 * @throws CodedError like `sendInstances`, and `dicom-network.not-accepted` where the peer does not take C-ECHO
 */
export const echo = async (peer: Peer): Promise<EchoReceipt> => {
  const association = await ScuAssociation.open(peer, [context]);
  if (!association.accepts(context)) {
    await association.release();
    throw association.error('not-accepted', 'does not take C-ECHO');
  }
  const asked = await sendRequest(association, context.id, {
    commandField: commandField.echoRequest,
    hasDataSet: false,
    messageId: 1,
    affectedSopClassUid: VERIFICATION_SOP_CLASS,
  });
  const { status = 0 } = await association.response(asked);
  const information = association.peerInformation;
  await association.release();
  return {
    status,
    maximumLength: information?.maximumLength ?? 0,
    implementationClassUid: information?.implementationClassUid ?? '',
    implementationVersionName: information?.implementationVersionName ?? '',
  };
};
