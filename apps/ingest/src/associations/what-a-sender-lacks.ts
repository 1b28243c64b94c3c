import { timingSafeEqual } from 'node:crypto';
import type { AssociationRequest, PeerCertificate } from '@waystation/dicom-network';
import type { CertificateMatch, Sender } from '@waystation/events';
import { subjectAlternativeNames } from './subject-alternative-names.js';

/** A sender, and the passcode out of its file. */
export interface KnownSender {
  readonly sender: Sender;
  /** Undefined where it has no file, or one that cannot be read. */
  readonly passcode?: Buffer | undefined;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const plain = (fingerprint: string): string => fingerprint.replaceAll(':', '');

const fits = (certificate: PeerCertificate, match: CertificateMatch): boolean => {
  const { commonName, subjectAltName, fingerprint256 } = match;
  if (commonName !== undefined && certificate.commonName !== commonName) return false;
  if (fingerprint256 !== undefined && !same(plain(certificate.fingerprint256), plain(fingerprint256))) return false;
  if (subjectAltName === undefined) return true;
  return subjectAlternativeNames(certificate.subjectAltName).some((name) => same(name, subjectAltName));
};

const lacksCertificate = (sender: Sender, { certificate, tls }: AssociationRequest): string | undefined => {
  if (sender.certificates.length === 0) return undefined;
  if (tls === undefined) return 'a certificate: it came without TLS';
  if (certificate === undefined) return 'a certificate: it shows none';
  if (sender.certificates.some((match) => fits(certificate, match))) return undefined;
  return `its certificate: it shows that of ${certificate.subject} (${certificate.fingerprint256})`;
};

/** PS3.7 D.3.3.7.1: a user name with a passcode. */
const NAME_AND_PASSCODE = 2;

const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const lacksUser = ({ sender: { user }, passcode }: KnownSender, request: AssociationRequest): string | undefined => {
  if (user === undefined) return undefined;
  const { userIdentity } = request.userInformation;
  if (userIdentity === undefined) return 'a user identity: it sends none';
  if (userIdentity.name !== user.name) return `the user it has to be: it says '${userIdentity.name}'`;
  if (user.passcodeFile === undefined) return undefined;
  if (passcode === undefined) return `a passcode that we know: ${user.passcodeFile} cannot be read`;
  const right = userIdentity.type === NAME_AND_PASSCODE && equal(userIdentity.credential, passcode);
  return right ? undefined : `the right passcode of user '${user.name}'`;
};

/** What a caller does not show although its AE title needs it, to follow "lacks"; undefined where nothing is missing. */
export const whatASenderLacks = (known: KnownSender, request: AssociationRequest): string | undefined =>
  lacksCertificate(known.sender, request) ?? lacksUser(known, request);
