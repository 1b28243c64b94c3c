import { type AssociateAcceptPdu, type AssociateRequestPdu } from './associate-pdu.js';
import { encodeItem, encodeTextItem } from './encode-item.js';
import { itemType } from './item-type.js';
import { encodePdu } from './encode-pdu.js';
import { encodeUserInformation } from './encode-user-information.js';
import { pduType } from './pdu-type.js';
import type { AnsweredContext, ProposedContext } from './presentation-context.js';

const encodeProposed = (context: ProposedContext): Buffer =>
  encodeItem(
    itemType.requestedContext,
    Buffer.from([context.id, 0, 0, 0]),
    encodeTextItem(itemType.abstractSyntax, context.abstractSyntax),
    ...context.transferSyntaxes.map((uid) => encodeTextItem(itemType.transferSyntax, uid)),
  );

const encodeAnswered = (context: AnsweredContext): Buffer =>
  encodeItem(
    itemType.answeredContext,
    Buffer.from([context.id, 0, context.result, 0]),
    encodeTextItem(itemType.transferSyntax, context.transferSyntax),
  );

const encodeHead = (pdu: AssociateRequestPdu | AssociateAcceptPdu): Buffer => {
  const head = Buffer.alloc(68);
  head.writeUInt16BE(pdu.protocolVersion);
  head.write(pdu.calledAeTitle.padEnd(16), 4, 16, 'latin1');
  head.write(pdu.callingAeTitle.padEnd(16), 20, 16, 'latin1');
  return head;
};

/** A-ASSOCIATE-RQ (PS3.8 9.3.2). */
export const encodeAssociateRequest = (pdu: AssociateRequestPdu): Buffer =>
  encodePdu(
    pduType.associateRequest,
    encodeHead(pdu),
    encodeTextItem(itemType.applicationContext, pdu.applicationContext),
    ...pdu.contexts.map(encodeProposed),
    encodeUserInformation(pdu.userInformation),
  );

/** A-ASSOCIATE-AC (PS3.8 9.3.3). */
export const encodeAssociateAccept = (pdu: AssociateAcceptPdu): Buffer =>
  encodePdu(
    pduType.associateAccept,
    encodeHead(pdu),
    encodeTextItem(itemType.applicationContext, pdu.applicationContext),
    ...pdu.contexts.map(encodeAnswered),
    encodeUserInformation(pdu.userInformation),
  );
