import { encodePdu } from './encode-pdu.js';
import { pduType } from './pdu-type.js';

/** Content of an A-ABORT, PS3.8 9.3.8 and table 9-26. */
export interface Abort {
  /** 0 service user, 2 service provider. */
  readonly source: number;
  readonly reason: number;
}

export const abortSource = { user: 0, provider: 2 } as const;

const reasons: Readonly<Record<number, string>> = {
  1: 'unrecognized PDU',
  2: 'unexpected PDU',
  4: 'unrecognized PDU parameter',
  5: 'unexpected PDU parameter',
  6: 'invalid PDU parameter value',
};

/** An abort in words. The reason means nothing where the user aborts. */
export const describeAbort = ({ source, reason }: Abort): string =>
  source === abortSource.user
    ? 'aborted by its user'
    : `aborted by its service provider: ${reasons[reason] ?? 'reason not specified'}`;

export const encodeAbort = ({ source, reason }: Abort): Buffer =>
  encodePdu(pduType.abort, Buffer.from([0, 0, source, reason]));

export const decodeAbort = (body: Buffer): Abort => ({ source: body.readUInt8(2), reason: body.readUInt8(3) });
