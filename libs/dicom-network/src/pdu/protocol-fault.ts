import { CodedError } from '@waystation/kernel';

/** What the peer did wrong, with the reason that an A-ABORT of the service provider names (PS3.8 table 9-26). */
const abortReasons = {
  'dicom-network.unrecognized-pdu': 1,
  'dicom-network.unexpected-pdu': 2,
  'dicom-network.unrecognized-pdu-parameter': 4,
  'dicom-network.unexpected-pdu-parameter': 5,
  'dicom-network.invalid-pdu-parameter': 6,
} as const;

const REASON_NOT_SPECIFIED = 0;

type FaultCode = keyof typeof abortReasons;

/** A breach of the protocol by the peer: the association cannot go on. */
export const protocolFault = (kind: FaultCode, message: string): CodedError => new CodedError(kind, message);

/** The reason byte of the A-ABORT that answers a fault. */
export const abortReasonOf = (fault: CodedError): number =>
  Object.hasOwn(abortReasons, fault.code) ? abortReasons[fault.code as FaultCode] : REASON_NOT_SPECIFIED;
