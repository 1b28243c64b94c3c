import { describe, expect, it } from 'vitest';
import { DICOM_APPLICATION_CONTEXT } from '../pdu/associate-pdu.js';
import type { UserInformation } from '../pdu/user-information.js';
import { acceptance } from './acceptance.js';

const answer = (asked: Partial<UserInformation>, operationsWindow = 1, userIdentityResponse?: Buffer) => {
  const request = {
    protocolVersion: 1,
    calledAeTitle: 'A',
    callingAeTitle: 'B',
    applicationContext: DICOM_APPLICATION_CONTEXT,
    contexts: [],
    userInformation: { maximumLength: 0, implementationClassUid: '1.2', ...asked },
  };
  const terms = { maximumLength: 131_072, implementation: { classUid: '1.3', versionName: 'X' }, operationsWindow };
  return acceptance(request, [], terms, userIdentityResponse).userInformation;
};
const identity = (type: number, positiveResponseRequested: boolean) => ({
  type,
  positiveResponseRequested,
  name: 'anna',
  credential: Buffer.alloc(0),
});

describe('an acceptance', () => {
  it('says who we are and how much we take, and nothing of what was not asked', () => {
    expect(answer({})).toEqual({
      maximumLength: 131_072,
      implementationClassUid: '1.3',
      implementationVersionName: 'X',
    });
  });

  it.each([
    ['one operation at a time unless it is configured otherwise', 9, 1, 1],
    ['as many as are configured', 9, 4, 4],
    ['no more than are asked for', 2, 4, 2],
    ['what is configured to who asks for any number', 0, 4, 4],
  ])('grants %s', (_, invoked, window, granted) => {
    const { asynchronousOperations } = answer({ asynchronousOperations: { invoked, performed: 7 } }, window);
    expect(asynchronousOperations).toEqual({ invoked: granted, performed: 1 });
  });

  it('leaves the peer the role of the SCU and turns down that of the SCP', () => {
    const both = { sopClassUid: '1.2', scu: true, scp: true };
    const onlyScp = { sopClassUid: '1.3', scu: false, scp: true };
    expect(answer({ roleSelections: [both, onlyScp] }).roleSelections).toEqual([
      { sopClassUid: '1.2', scu: true, scp: false },
      { sopClassUid: '1.3', scu: false, scp: false },
    ]);
  });

  it('confirms a user identity only where that was asked for and it was found right', () => {
    const right = Buffer.from('ticket');
    expect(answer({ userIdentity: identity(3, true) }, 1, right).userIdentityResponse).toBe(right);
    expect(answer({ userIdentity: identity(2, false) }, 1, right).userIdentityResponse).toBeUndefined();
    expect(answer({ userIdentity: identity(2, true) }).userIdentityResponse).toBeUndefined();
  });
});
