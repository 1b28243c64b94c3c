/** Item types of A-ASSOCIATE-RQ and -AC: PS3.8 9.3.2, 9.3.3 and annex D, PS3.7 annex D.3. */
export const itemType = {
  applicationContext: 0x10,
  requestedContext: 0x20,
  answeredContext: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maximumLength: 0x51,
  implementationClassUid: 0x52,
  asynchronousOperations: 0x53,
  roleSelection: 0x54,
  implementationVersionName: 0x55,
  userIdentity: 0x58,
  userIdentityResponse: 0x59,
} as const;
