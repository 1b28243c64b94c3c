import { describe, expect, it } from 'vitest';
import { DICOM_APPLICATION_CONTEXT } from '../pdu/associate-pdu.js';
import { rejection } from '../pdu/reject-pdu.js';
import { formalRefusal } from './formal-refusal.js';

const request = {
  protocolVersion: 1,
  calledAeTitle: 'WAYSTATION',
  callingAeTitle: 'CT 1',
  applicationContext: DICOM_APPLICATION_CONTEXT,
  contexts: [],
  userInformation: { maximumLength: 16_384, implementationClassUid: '1.2.3' },
};

describe('a request', () => {
  it('passes where its form is right', () => {
    expect(formalRefusal(request)).toBeUndefined();
  });

  it.each([
    ['protocol version 0', { protocolVersion: 0 }, rejection.protocolVersionNotSupported],
    ['another application context', { applicationContext: '1.2.3' }, rejection.applicationContextNotSupported],
    ['a calling AE title of spaces', { callingAeTitle: '' }, rejection.callingAeTitleNotRecognized],
    ['a called AE title with a line break', { calledAeTitle: 'A\r\nB' }, rejection.calledAeTitleNotRecognized],
    [
      'a maximum length of 6',
      { userInformation: { maximumLength: 6, implementationClassUid: '' } },
      rejection.noReason,
    ],
  ])('with %s is rejected', (_, change, reject) => {
    expect(formalRefusal({ ...request, ...change })?.reject).toEqual(reject);
  });
});
