/** A status of a DIMSE response and where it comes from. */
export interface StatusMeaning {
  readonly code: number;
  readonly meaning: string;
  readonly clause: string;
}

/** The statuses that Waystation gives, and the warnings it has to understand. */
export const dimseStatuses = {
  success: { code: 0x0000, meaning: 'success', clause: 'PS3.7 C.1' },
  processingFailure: { code: 0x0110, meaning: 'processing failure', clause: 'PS3.7 C.5.21' },
  duplicateSopInstance: { code: 0x0111, meaning: 'duplicate SOP instance', clause: 'PS3.7 C.5.8' },
  noSuchSopInstance: { code: 0x0112, meaning: 'no such SOP instance', clause: 'PS3.7 C.5.19' },
  invalidSopInstance: { code: 0x0117, meaning: 'invalid SOP instance UID', clause: 'PS3.7 C.5.12' },
  sopClassNotSupported: { code: 0x0122, meaning: 'SOP class not supported', clause: 'PS3.7 C.5.6' },
  notAuthorized: { code: 0x0124, meaning: 'not authorized', clause: 'PS3.7 C.5.25' },
  duplicateInvocation: { code: 0x0210, meaning: 'duplicate invocation', clause: 'PS3.7 C.5.9' },
  unrecognizedOperation: { code: 0x0211, meaning: 'unrecognized operation', clause: 'PS3.7 C.5.23' },
  mistypedArgument: { code: 0x0212, meaning: 'mistyped argument', clause: 'PS3.7 C.5.15' },
  resourceLimitation: { code: 0x0213, meaning: 'resource limitation', clause: 'PS3.7 C.5.22' },
  outOfResources: { code: 0xa700, meaning: 'out of resources', clause: 'PS3.4 table B.2-1' },
  doesNotMatchSopClass: { code: 0xa900, meaning: 'data set does not match SOP class', clause: 'PS3.4 table B.2-1' },
  coercionOfDataElements: { code: 0xb000, meaning: 'coercion of data elements', clause: 'PS3.4 table B.2-1' },
  elementsDiscarded: { code: 0xb006, meaning: 'elements discarded', clause: 'PS3.4 table B.2-1' },
  dataSetDeviates: {
    code: 0xb007,
    meaning: 'data set does not match SOP class, stored all the same',
    clause: 'PS3.4 table B.2-1',
  },
  cannotUnderstand: { code: 0xc000, meaning: 'cannot understand', clause: 'PS3.4 table B.2-1' },
} as const satisfies Record<string, StatusMeaning>;
