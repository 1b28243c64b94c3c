import type { ActiveParticipant, AuditMessage, ParticipantObject } from './audit-message.js';
import type { Code } from './codes.js';
import { element, type Attributes } from './xml.js';

/** XML after the schema of PS3.15 A.5.1.1; without a line end. */
export const renderAuditMessage = ({ event, participants, source, objects }: AuditMessage): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element('AuditMessage', {}, [
    eventIdentification(event),
    ...participants.map(activeParticipant),
    element('AuditSourceIdentification', { AuditEnterpriseSiteID: source.siteId, AuditSourceID: source.id }, [
      // 4: application server process (A.5.1.2.1).
      element('AuditSourceTypeCode', { 'csd-code': '4' }),
    ]),
    ...objects.map(participantObject),
  ])}`;

const coded = (name: string, { code, system, meaning }: Code): string =>
  element(name, { 'csd-code': code, codeSystemName: system, originalText: meaning });

const eventIdentification = ({
  id,
  action,
  dateTime,
  outcome,
  types = [],
  outcomeDescription,
}: AuditMessage['event']) =>
  element('EventIdentification', { EventActionCode: action, EventDateTime: dateTime, EventOutcomeIndicator: outcome }, [
    coded('EventID', id),
    ...types.map((type) => coded('EventTypeCode', type)),
    ...(outcomeDescription === undefined ? [] : [element('EventOutcomeDescription', {}, outcomeDescription)]),
  ]);

const activeParticipant = (participant: ActiveParticipant): string => {
  const { userId, aeTitle, userName, isRequestor, network, roles, media } = participant;
  const attributes: Attributes = {
    UserID: userId,
    // A.5.2.2
    AlternativeUserID: aeTitle === undefined ? undefined : `AETITLES=${aeTitle}`,
    UserName: userName,
    UserIsRequestor: String(isRequestor),
    NetworkAccessPointID: network?.id,
    NetworkAccessPointTypeCode: network?.type,
  };
  return element('ActiveParticipant', attributes, [
    ...roles.map((role) => coded('RoleIDCode', role)),
    ...(media === undefined ? [] : [element('MediaIdentifier', {}, [coded('MediaType', media)])]),
  ]);
};

const participantObject = (object: ParticipantObject): string => {
  const { id, idType, type, role, lifeCycle, name, details = [], sopClasses = [] } = object;
  const attributes: Attributes = {
    ParticipantObjectID: id,
    ParticipantObjectTypeCode: type,
    ParticipantObjectTypeCodeRole: role,
    ParticipantObjectDataLifeCycle: lifeCycle,
  };
  const classes = sopClasses.map(({ uid, instances }) =>
    element('SOPClass', { UID: uid, NumberOfInstances: instances }),
  );
  return element('ParticipantObjectIdentification', attributes, [
    coded('ParticipantObjectIDTypeCode', idType),
    element('ParticipantObjectName', {}, name),
    ...details.map(({ type: kind, value }) =>
      element('ParticipantObjectDetail', { type: kind, value: Buffer.from(value).toString('base64') }),
    ),
    ...(classes.length === 0 ? [] : [element('ParticipantObjectDescription', {}, classes)]),
  ]);
};
