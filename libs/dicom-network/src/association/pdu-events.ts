import { type PduType, pduType } from '../pdu/pdu-type.js';
import type { UpperLayerEvent } from './transition-table.js';

/** The event of PS3.8 table 9-10 that a PDU is. */
export const pduEvents: Readonly<Record<PduType, UpperLayerEvent>> = {
  [pduType.associateRequest]: 'A-ASSOCIATE-RQ PDU',
  [pduType.associateAccept]: 'A-ASSOCIATE-AC PDU',
  [pduType.associateReject]: 'A-ASSOCIATE-RJ PDU',
  [pduType.data]: 'P-DATA-TF PDU',
  [pduType.releaseRequest]: 'A-RELEASE-RQ PDU',
  [pduType.releaseResponse]: 'A-RELEASE-RP PDU',
  [pduType.abort]: 'A-ABORT PDU',
};
