import { isAeTitle } from '@waystation/kernel';
import { type AssociateRequestPdu, DICOM_APPLICATION_CONTEXT, PROTOCOL_VERSION } from '../pdu/associate-pdu.js';
import { SMALLEST_MAXIMUM_LENGTH, usableMaximumLength } from '../pdu/maximum-length.js';
import { type Rejection, rejection } from '../pdu/reject-pdu.js';

/** Why a request is rejected whoever sends it (PS3.8 9.3.4), or undefined. */
export const formalRefusal = (
  request: AssociateRequestPdu,
): { readonly reject: Rejection; readonly because: string } | undefined => {
  const { maximumLength } = request.userInformation;
  if ((request.protocolVersion & PROTOCOL_VERSION) === 0) {
    const because = `protocol version is ${request.protocolVersion}, expected bit 0`;
    return { reject: rejection.protocolVersionNotSupported, because };
  }
  if (request.applicationContext !== DICOM_APPLICATION_CONTEXT) {
    const because = `application context is ${request.applicationContext}, expected ${DICOM_APPLICATION_CONTEXT}`;
    return { reject: rejection.applicationContextNotSupported, because };
  }
  if (!isAeTitle(request.callingAeTitle)) {
    return { reject: rejection.callingAeTitleNotRecognized, because: 'the calling AE title is no AE title' };
  }
  if (!isAeTitle(request.calledAeTitle)) {
    return { reject: rejection.calledAeTitleNotRecognized, because: 'the called AE title is no AE title' };
  }
  if (usableMaximumLength(maximumLength) === undefined) {
    const because = `maximum length is ${maximumLength}, expected 0 or at least ${SMALLEST_MAXIMUM_LENGTH}`;
    return { reject: rejection.noReason, because };
  }
  return undefined;
};
