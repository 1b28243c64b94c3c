import type { Actor, Target } from '@waystation/events';
import type { ActiveParticipant, NetworkAccessPoint } from './audit-message.js';
import { mediaType, role, type Code } from './codes.js';
import type { StudySubject } from './subject.js';

/** An address, or a name of a machine. */
export const networkOf = (host: string): NetworkAccessPoint => ({
  id: host,
  type: /^[\d.]+$|:/.test(host) ? '2' : '1',
});

/** Who sent a study to us. */
export const senderOf = ({ sender }: StudySubject): ActiveParticipant => ({
  userId: sender.aeTitle,
  aeTitle: sender.aeTitle,
  isRequestor: true,
  roles: [role.source],
  network: networkOf(sender.address),
});

/** Where a delivery goes: another application entity. */
export const receiverOf = (name: string, target: Target | undefined): ActiveParticipant => ({
  userId: name,
  isRequestor: false,
  roles: [role.destination],
  ...(target?.kind === 'dicom' ? { aeTitle: target.calledAeTitle, network: networkOf(target.host) } : {}),
});

/** Where a delivery goes: out of DICOM, to a medium or a place that a URI names (PS3.15 A.5.3.4). */
export const mediaOf = (uri: string): ActiveParticipant => ({
  userId: uri,
  isRequestor: false,
  roles: [role.destinationMedia],
  network: { id: uri, type: '5' },
  media: mediaType.uri,
});

/** A person, or whoever claims to be one. */
export const personOf = (
  actor: Pick<Actor, 'name' | 'address'>,
  how: { readonly isRequestor: boolean; readonly roles?: readonly Code[] },
): ActiveParticipant => ({
  userId: actor.name,
  isRequestor: how.isRequestor,
  roles: how.roles ?? [],
  ...(actor.address === undefined ? {} : { network: networkOf(actor.address) }),
});
