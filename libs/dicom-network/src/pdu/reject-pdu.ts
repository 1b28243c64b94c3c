import { encodePdu } from './encode-pdu.js';
import { pduType } from './pdu-type.js';

/** Content of an A-ASSOCIATE-RJ, PS3.8 9.3.4 and table 9-21. */
export interface Rejection {
  /** 1 permanent, 2 transient. */
  readonly result: number;
  /** 1 service user, 2 service provider (ACSE), 3 service provider (presentation). */
  readonly source: number;
  readonly reason: number;
}

/** The rejections that Waystation uses, by what they say. */
export const rejection = {
  noReason: { result: 1, source: 1, reason: 1 },
  applicationContextNotSupported: { result: 1, source: 1, reason: 2 },
  callingAeTitleNotRecognized: { result: 1, source: 1, reason: 3 },
  calledAeTitleNotRecognized: { result: 1, source: 1, reason: 7 },
  notNow: { result: 2, source: 1, reason: 1 },
  protocolVersionNotSupported: { result: 1, source: 2, reason: 2 },
  temporaryCongestion: { result: 2, source: 3, reason: 1 },
  localLimitExceeded: { result: 2, source: 3, reason: 2 },
} as const satisfies Record<string, Rejection>;

const reasons: Readonly<Record<string, string>> = {
  '1/1': 'no reason given',
  '1/2': 'application context name not supported',
  '1/3': 'calling AE title not recognized',
  '1/7': 'called AE title not recognized',
  '2/1': 'no reason given',
  '2/2': 'protocol version not supported',
  '3/1': 'temporary congestion',
  '3/2': 'local limit exceeded',
};

/** A rejection in words. */
export const describeRejection = ({ result, source, reason }: Rejection): string =>
  `${result === 2 ? 'for now' : 'for good'}: ${reasons[`${source}/${reason}`] ?? `source ${source}, reason ${reason}`}`;

export const encodeReject = ({ result, source, reason }: Rejection): Buffer =>
  encodePdu(pduType.associateReject, Buffer.from([0, result, source, reason]));

export const decodeReject = (body: Buffer): Rejection => ({
  result: body.readUInt8(1),
  source: body.readUInt8(2),
  reason: body.readUInt8(3),
});
