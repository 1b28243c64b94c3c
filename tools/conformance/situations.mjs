/** When Waystation answers a C-STORE or C-ECHO so, by the keys of `dimseStatuses`; those that are absent it only understands. */
export const answers = {
  success: ['C-STORE, C-ECHO', 'The object is durable in the object store and its event is committed.', 'kept'],
  processingFailure: ['C-STORE', 'A fault of ours that is none of the resources below.', 'not kept'],
  invalidSopInstance: ['C-STORE', 'Affected SOP Instance UID is no UID (PS3.5 chapter 9).', 'not kept'],
  sopClassNotSupported: [
    'C-STORE',
    'Affected SOP Class UID is not the abstract syntax of the presentation context.',
    'not kept',
  ],
  duplicateInvocation: ['C-STORE, C-ECHO', 'A request with this Message ID is not answered yet.', 'not kept'],
  unrecognizedOperation: ['any other', 'The request is neither C-STORE nor C-ECHO.', 'not kept'],
  outOfResources: [
    'C-STORE',
    'No room, no object store, no database, or the data set is longer than `dicom.maxObjectBytes`: to be sent again later.',
    'not kept',
  ],
  doesNotMatchSopClass: [
    'C-STORE',
    'SOP Class or Instance UID of the data set are others than those of the request.',
    'kept aside',
  ],
  cannotUnderstand: [
    'C-STORE',
    'The data set is malformed, truncated, missing, beyond the limits below, written in another way than its transfer syntax says, or lacks a UID that places it.',
    'kept aside',
  ],
};

/** When an association is rejected so, by the keys of `rejection`; those that are absent are never used. */
export const rejections = {
  noReason: 'The maximum length that the caller announces is too short to work with.',
  applicationContextNotSupported: 'The application context is not that of DICOM.',
  callingAeTitleNotRecognized:
    'The calling AE title is none, is not in `dicom.acceptCallingAeTitles`, may not call that title by the configuration, or comes without the certificate or user it is bound to.',
  calledAeTitleNotRecognized:
    'The called AE title is none, is not in `dicom.acceptCalledAeTitles`, or is one that the configuration does not list and wants refused.',
  notNow: 'A fault of ours kept the request from being decided about.',
  protocolVersionNotSupported: 'The protocol version has no bit 0.',
  localLimitExceeded: 'As many associations are open as may be: in all, of this caller or of this address.',
};

/** What parameters of a DICOM target mean. */
export const targetParameters = {
  host: 'Name or address of the target.',
  port: 'Its port.',
  calledAeTitle: 'Its AE title.',
  callingAeTitle: 'AE title that we call it with.',
  timeoutSeconds: 'How long the target may take for any one step.',
  associations: 'Associations that one delivery is spread over.',
  operationsWindow: 'Objects sent ahead of their answers, where the target grants it.',
  maximumPduLength: 'Longest P-DATA-TF that is announced, bytes.',
  transcode: 'Whether what the target refuses is sent without compression: when-refused, or never.',
  concurrency: 'Deliveries to the target at the same time, of one process.',
};
