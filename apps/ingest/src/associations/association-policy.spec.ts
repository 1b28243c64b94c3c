import type { AssociationRequest, PeerCertificate } from '@waystation/dicom-network';
import { ApplicationEntity, Sender } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { answerAssociation, type AssociationPolicy } from './association-policy.js';

const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' };
const fingerprint256 = Array.from({ length: 32 }, () => 'AB').join(':');
const certificate: PeerCertificate = {
  subject: 'O=Hospital, CN=ct1.example',
  commonName: 'ct1.example',
  subjectAltName: 'DNS:ct1.example, IP Address:10.0.0.7',
  fingerprint256,
  expiresAt: '2027-01-01T00:00:00.000Z',
};
const identity = (name: string, passcode?: string) => ({
  type: passcode === undefined ? 1 : 2,
  positiveResponseRequested: true,
  name,
  credential: Buffer.from(passcode ?? ''),
});

const ct = { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntaxes: ['1.2.840.10008.1.2.1'] };
const request = (
  more: Partial<AssociationRequest> = {},
  userIdentity?: ReturnType<typeof identity>,
): AssociationRequest => ({
  protocolVersion: 1,
  calledAeTitle: 'WAYSTATION',
  callingAeTitle: 'CT1',
  applicationContext: '1.2.840.10008.3.1.1.1',
  contexts: [ct],
  userInformation: { maximumLength: 0, implementationClassUid: '1.2.3', userIdentity },
  address: '10.0.0.7',
  ...more,
});
const policy = (sender: object = {}, passcode?: string): AssociationPolicy => ({
  acceptCalledAeTitles: ['WAYSTATION'],
  acceptCallingAeTitles: '*',
  calledEntity: () => 'accept',
  senderOf: (title) =>
    title === 'CT1'
      ? {
          sender: Sender.parse({ aeTitle: title, ...sender }),
          passcode: passcode === undefined ? undefined : Buffer.from(passcode),
        }
      : undefined,
});
const accepted = { accept: [{ id: 1, transferSyntax: '1.2.840.10008.1.2.1' }] };
/** PS3.8 table 9-21: rejected for good by the service user, calling AE title not recognized. */
const refused = (because: string) => ({
  reject: { result: 1, source: 1, reason: 3 },
  because: expect.stringContaining(because) as string,
});

describe('of the transfer syntaxes that a context proposes', () => {
  const implicit = '1.2.840.10008.1.2';
  const explicit = '1.2.840.10008.1.2.1';
  const bigEndian = '1.2.840.10008.1.2.2';
  const jpeg = '1.2.840.10008.1.2.4.70';

  it.each([
    ['the only one', [implicit], implicit],
    ['the first', [jpeg, explicit, implicit], jpeg],
    ['the first', [bigEndian, explicit], bigEndian],
    ['the first', [implicit, jpeg], implicit],
    ['Explicit VR before Implicit VR', [implicit, bigEndian, explicit], explicit],
  ])('%s is taken', (_, transferSyntaxes, transferSyntax) => {
    const answer = answerAssociation(policy(), request({ contexts: [{ ...ct, transferSyntaxes }] }));
    expect(answer).toEqual({ accept: [{ id: 1, transferSyntax }] });
  });
});

describe('a title that we are called by', () => {
  const mr = { id: 3, abstractSyntax: '1.2.840.10008.5.1.4.1.1.4', transferSyntaxes: ['1.2.840.10008.1.2.1'] };
  const echo = { id: 5, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] };
  const listed = (entity: object): AssociationPolicy => ({
    ...policy(),
    calledEntity: () => ApplicationEntity.parse({ aeTitle: 'WAYSTATION', ...entity }),
  });

  it('is refused where the configuration does not list it, and asks for that', () => {
    const answer = answerAssociation({ ...policy(), calledEntity: () => 'refuse' }, request());
    expect(answer).toEqual({
      reject: { result: 1, source: 1, reason: 7 },
      because: "called AE title 'WAYSTATION' is not one of those that the configuration lists",
    });
  });

  it.each(['keep', 'accept'] as const)('is taken where it is not listed, and that is to be so: %s', (unknown) => {
    expect(answerAssociation({ ...policy(), calledEntity: () => unknown }, request())).toEqual(accepted);
  });

  it('is refused by the settings whatever the configuration says', () => {
    const answer = answerAssociation(listed({ aeTitle: 'RESEARCH' }), request({ calledAeTitle: 'RESEARCH' }));
    expect(answer).toMatchObject({ reject: { reason: 7 }, because: "called AE title 'RESEARCH' is not one of ours" });
  });

  it('is there for its callers only', () => {
    const forMr = listed({ callingAeTitles: ['MR1', 'CT2 '] });
    expect(answerAssociation(forMr, request())).toEqual(refused("'CT1' may not call 'WAYSTATION'"));
    expect(answerAssociation(forMr, request({ callingAeTitle: 'CT2' }))).toEqual(accepted);
  });

  it('takes its SOP classes only, and verification', () => {
    const answer = answerAssociation(
      listed({ sopClasses: [mr.abstractSyntax] }),
      request({ contexts: [ct, mr, echo] }),
    );
    expect(answer).toEqual({
      accept: [
        { id: 1, refused: 3 },
        { id: 3, transferSyntax: '1.2.840.10008.1.2.1' },
        { id: 5, transferSyntax: '1.2.840.10008.1.2' },
      ],
    });
  });

  it('takes nothing that is no storage, also where its list names it', () => {
    const find = { id: 7, abstractSyntax: '1.2.840.10008.5.1.4.1.2.2.1', transferSyntaxes: ['1.2.840.10008.1.2'] };
    expect(answerAssociation(listed({ sopClasses: [find.abstractSyntax] }), request({ contexts: [find] }))).toEqual({
      accept: [{ id: 7, refused: 3 }],
    });
  });
});

describe('a caller', () => {
  it('of which nothing is asked is taken, with TLS or without', () => {
    expect(answerAssociation(policy(), request())).toEqual(accepted);
    expect(
      answerAssociation(policy({ certificates: [{ commonName: 'x' }] }), request({ callingAeTitle: 'MR1' })),
    ).toEqual(accepted);
  });

  it.each([
    [{ commonName: 'ct1.example' }],
    [{ subjectAltName: 'IP Address:10.0.0.7' }],
    [{ subjectAltName: 'dns:CT1.example' }],
    [{ fingerprint256: fingerprint256.replaceAll(':', '').toLowerCase() }],
    [{ commonName: 'ct1.example', subjectAltName: 'DNS:ct1.example', fingerprint256 }],
  ])('may use its AE title with a certificate that fits %j', (match) => {
    const asked = policy({ certificates: [{ commonName: 'that of last year' }, match] });
    expect(answerAssociation(asked, request({ tls, certificate }))).toEqual(accepted);
  });

  it.each([
    [{ commonName: 'CT1.example' }],
    [{ commonName: 'ct1' }],
    [{ subjectAltName: 'DNS:10.0.0.7' }],
    [{ fingerprint256: 'CD'.repeat(32) }],
    [{ commonName: 'ct1.example', fingerprint256: 'CD'.repeat(32) }],
  ])('may not with one that does not fit %j, and the reason names what it showed', (match) => {
    const answer = answerAssociation(policy({ certificates: [match] }), request({ tls, certificate }));
    expect(answer).toEqual(refused("'CT1' lacks its certificate: it shows that of O=Hospital, CN=ct1.example (AB:AB"));
  });

  it('may not without TLS, or without a certificate, where it needs one', () => {
    const asked = policy({ certificates: [{ commonName: 'ct1.example' }] });
    expect(answerAssociation(asked, request())).toEqual(refused('it came without TLS'));
    expect(answerAssociation(asked, request({ tls }))).toEqual(refused('it shows none'));
  });

  it('is not taken for another by a Common Name that is not the only one', () => {
    const several = { ...certificate, subject: 'CN=ct1.example, CN=mr1.example', commonName: '' };
    const asked = policy({ certificates: [{ commonName: 'ct1.example' }] });
    expect(answerAssociation(asked, request({ tls, certificate: several }))).toMatchObject({ reject: { reason: 3 } });
  });
});

describe('a caller whose user is asked for', () => {
  const withPasscode = { user: { name: 'ct1', passcodeFile: '/run/secrets/ct1' } };
  const found = { ...accepted, userIdentityResponse: Buffer.alloc(0) };

  it('is taken with the right name, or name and passcode, and is told so', () => {
    expect(answerAssociation(policy({ user: { name: 'ct1' } }), request({}, identity('ct1')))).toEqual(found);
    expect(answerAssociation(policy(withPasscode, 'open'), request({}, identity('ct1', 'open')))).toEqual(found);
  });

  it.each([
    ['sends none', request(), 'open', 'it sends none'],
    ['says another name', request({}, identity('ct2', 'open')), 'open', "it says 'ct2'"],
    ['says another passcode', request({}, identity('ct1', 'shut')), 'open', 'the right passcode'],
    ['says no passcode', request({}, identity('ct1')), 'open', 'the right passcode'],
    [
      'is asked for a passcode that we have not',
      request({}, identity('ct1', '')),
      undefined,
      '/run/secrets/ct1 cannot',
    ],
  ])('is refused where it %s', (_what, asking, passcode, because) => {
    const answer = answerAssociation(policy(withPasscode, passcode), asking);
    expect(answer).toEqual(refused(because));
    expect(JSON.stringify(answer)).not.toContain('shut');
  });

  it('needs no user for an identity that nobody asks for', () => {
    expect(answerAssociation(policy(), request({}, identity('anybody', 'anything')))).toEqual(accepted);
  });
});
