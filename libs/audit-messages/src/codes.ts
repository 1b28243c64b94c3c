/** A coded value (PS3.15 A.5.1.1, CodedValueType). */
export interface Code {
  readonly code: string;
  /** `DCM` for codes of PS3.16 annex D, `RFC-3881` for those of the schema itself. */
  readonly system: 'DCM' | 'RFC-3881';
  readonly meaning: string;
}

const dcm = (code: string, meaning: string): Code => ({ code, system: 'DCM', meaning });
const rfc3881 = (code: string, meaning: string): Code => ({ code, system: 'RFC-3881', meaning });

/** Audit Event ID, PS3.16 CID 400. */
export const eventId = {
  applicationActivity: dcm('110100', 'Application Activity'), // PS3.15 A.5.3.1
  auditLogUsed: dcm('110101', 'Audit Log Used'), // A.5.3.2
  beginTransferring: dcm('110102', 'Begin Transferring DICOM Instances'), // A.5.3.3
  instancesAccessed: dcm('110103', 'DICOM Instances Accessed'), // A.5.3.6
  instancesTransferred: dcm('110104', 'DICOM Instances Transferred'), // A.5.3.7
  export: dcm('110106', 'Export'), // A.5.3.4
  patientRecord: dcm('110110', 'Patient Record'), // A.5.3.14
  securityAlert: dcm('110113', 'Security Alert'), // A.5.3.11
} as const;

/** Audit Event Type Code, PS3.16 CID 401, and of security alerts CID 403. */
export const eventType = {
  applicationStart: dcm('110120', 'Application Start'),
  applicationStop: dcm('110121', 'Application Stop'),
  nodeAuthentication: dcm('110126', 'Node Authentication'),
  securityConfiguration: dcm('110129', 'Security Configuration'),
  softwareConfiguration: dcm('110131', 'Software Configuration'),
} as const;

/** Audit Active Participant Role ID Code, PS3.16 CID 402. */
export const role = {
  application: dcm('110150', 'Application'),
  destination: dcm('110152', 'Destination Role ID'),
  source: dcm('110153', 'Source Role ID'),
  destinationMedia: dcm('110154', 'Destination Media'),
} as const;

/** Media Type Code, PS3.16 CID 405. */
export const mediaType = { uri: dcm('110037', 'URI') } as const;

/** Participant Object ID Type Code, PS3.15 A.5.1.2.4 and PS3.16 CID 404. */
export const objectIdType = {
  patientNumber: rfc3881('2', 'Patient Number'),
  uri: rfc3881('12', 'URI'),
  study: dcm('110180', 'Study Instance UID'),
  node: dcm('110182', 'Node ID'),
} as const;
