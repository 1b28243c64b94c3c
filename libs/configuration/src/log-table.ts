import { setting } from './setting.js';
import { kind } from './setting-kinds.js';

const days = kind.orNone(kind.whole('whole days', 1, 36_500));

/** Settings of the event log: how it is sealed, when its old segments leave the database, and when goes what it does not name. */
export const logTable = {
  sealKeyFile: setting('seal.keyFile', 'SEAL_KEY_FILE', kind.path, {
    doc: 'PEM file with the Ed25519 private key that seals of the log are signed with (`waystation make-signing-key`). Only the audit service reads it.',
    otherwise: 'none: seals are not signed',
  }),
  segmentEvents: setting('archive.segmentEvents', 'SEGMENT_EVENTS', kind.whole('a whole number', 100, 1_000_000_000), {
    doc: 'Events of a segment, the part of the log that is archived as one: about as many as come in a month. Decided when a log is made; it stays the same for the life of the log.',
    fallback: '10000000',
  }),
  archiveAfterDays: setting('archive.afterDays', 'ARCHIVE_AFTER_DAYS', days, {
    doc: 'Age from which a full segment of the log is copied to the object store.',
    fallback: 'none',
  }),
  detachAfterDays: setting('archive.detachAfterDays', 'ARCHIVE_DETACH_AFTER_DAYS', days, {
    doc: 'Age from which a copied segment leaves the table of the log; it is read from its copy from then on.',
    fallback: 'none',
  }),
  dropAfterDays: setting('archive.dropAfterDays', 'ARCHIVE_DROP_AFTER_DAYS', days, {
    doc: 'Age from which the database drops a detached segment.',
    fallback: 'none',
  }),
  reapAfterHours: setting('reapAfterHours', 'REAP_AFTER_HOURS', kind.orNone(kind.whole('whole hours', 1, 876_000)), {
    doc: 'Age from which an object is removed that no event names, as a crash between the two leaves it. Looked for once a day; `none`: only when somebody says `waystation objects reap`.',
    fallback: '24',
  }),
} as const;
