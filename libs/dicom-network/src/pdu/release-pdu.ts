import { encodePdu } from './encode-pdu.js';
import { pduType } from './pdu-type.js';

/** A-RELEASE-RQ, PS3.8 9.3.6. */
export const encodeReleaseRequest = (): Buffer => encodePdu(pduType.releaseRequest, Buffer.alloc(4));

/** A-RELEASE-RP, PS3.8 9.3.7. */
export const encodeReleaseResponse = (): Buffer => encodePdu(pduType.releaseResponse, Buffer.alloc(4));
