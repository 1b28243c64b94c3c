import { transferSyntaxes } from '@waystation/dicom';
import {
  catalogue,
  definitionOf,
  type EventOf,
  type Reading,
  type Recorded,
  type RecordedEvent,
  type StoredObject,
} from '@waystation/events';
import { plural } from '@waystation/kernel';
import { tellChanges } from './tell-changes.js';
import { tellDecision } from './tell-decision.js';
import {
  tellDerived,
  tellJob,
  tellJobFailure,
  tellJobRouting,
  tellJobStart,
  tellJobSuccess,
  tellProgress,
  tellRestart,
} from './tell-job.js';
import { tellNotification, tellNotifying, tellReceipt, tellSilence } from './tell-notification.js';
import { tellReinjection } from './tell-reinjection.js';
import { tellErasure, tellExpiry } from './tell-expiry.js';
import { tellForced, tellMatch, tellStudyCompletion, tellStudyDeliveries } from './tell-study.js';
import { whyComplete } from './why-complete.js';

type AnyEvent = EventOf<(typeof catalogue)[number]>;
type Sentences = { readonly [Type in AnyEvent['type']]: (data: Extract<AnyEvent, { type: Type }>['data']) => string };

const hexadecimal = (number: number): string => `0x${number.toString(16).padStart(4, '0')}`;

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(2))} s`;

const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

const whereWaiting = ({ spool }: StoredObject): string =>
  spool === undefined ? '' : '; in the spool until the object store has it';

const readings =
  (verb: string) =>
  ({ view, subject, times }: Reading): string =>
    `${verb}: ${view}${subject === '' ? '' : `, ${subject}`}${times === 1 ? '' : `, ${times} times`}`;

/** What each event says to people. A new event does not compile until it has a sentence. */
const sentences: Sentences = {
  'configuration.published.v1': ({ version, author, reason, changes = [], rolledBackTo }) =>
    `configuration ${version} published by ${author}${rolledBackTo === undefined ? '' : `, as configuration ${rolledBackTo} was`}${because(reason)}${changes.length === 0 ? '' : ` (${tellChanges(changes)})`}`,
  'association.accepted.v1': ({ callingAeTitle, calledAeTitle, address, tls, contexts }) =>
    `${callingAeTitle} at ${address} called ${calledAeTitle}${tls === null ? '' : ` over ${tls.version}`}; ${plural(contexts.length, 'presentation context')}`,
  'association.rejected.v1': ({ callingAeTitle, address, reason }) =>
    `${callingAeTitle || 'a caller'} at ${address} rejected: ${reason}`,
  'association.series-noted.v1': ({ series }) => `brought objects of ${series.length} series so far unnamed`,
  'association.released.v1': ({ stored, duplicated, conflicted, quarantined, refused, durationMs }) =>
    `released after ${seconds(durationMs)}: ${stored} stored, ${duplicated} duplicated, ${conflicted} conflicted, ${quarantined} quarantined, ${refused} refused`,
  'association.aborted.v1': ({ by, reason, tally }) =>
    `broken off by ${by}: ${reason}; ${tally.stored} stored until then`,
  'association.lost.v1': ({ receiver }) => `lost: its receiver ${receiver} is gone`,
  'series.opened.v1': ({ header, source }) =>
    `series opened by ${source.callingAeTitle}: ${header['Modality'] ?? '?'} '${header['SeriesDescription'] ?? ''}'`,
  'instance.stored.v1': ({ sopInstanceUid, object, warnings = [] }) =>
    `stored ${sopInstanceUid}, ${object.size} bytes, sha256 ${object.sha256.slice(0, 12)}…${whereWaiting(object)}${warnings.map(({ message }) => `; ${message}`).join('')}`,
  'instance.duplicated.v1': ({ sopInstanceUid }) => `the same object came again: ${sopInstanceUid}`,
  'instance.conflicted.v1': ({ sopInstanceUid, object, conflictsWith }) =>
    `${sopInstanceUid} came with other bytes (${object.sha256.slice(0, 12)}… beside ${conflictsWith.slice(0, 12)}…); both are kept${whereWaiting(object)}`,
  'instance.quarantined.v1': ({ sopInstanceUid, code, reason }) => `quarantined ${sopInstanceUid}: ${code}, ${reason}`,
  'instance.refused.v1': ({ sopInstanceUid, status, reason }) =>
    `refused ${sopInstanceUid} with ${hexadecimal(status)}: ${reason}`,
  'operation.refused.v1': ({ operation, commandField, status }) =>
    `refused ${operation === 'unknown' ? `operation ${hexadecimal(commandField)}` : operation}, which is not served here, with ${hexadecimal(status)}`,
  'reinjection.requested.v1': tellReinjection,
  'instance.reinjected.v1': ({ sopInstanceUid, seriesInstanceUid, outcome }) =>
    `taken in as ${sopInstanceUid} of series ${seriesInstanceUid}: ${outcome}`,
  'reinjection.refused.v1': ({ code, reason }) => `refused again: ${code}, ${reason}`,
  'objects.moved.v1': ({ objects, remaining }) =>
    `${plural(objects.length, 'object')} moved from the spool to the object store${remaining === 0 ? '' : `; the series waits for ${remaining} more`}`,
  'study.opened.v1': ({ studyInstanceUid }) => `study ${studyInstanceUid} opened`,
  'study.series-added.v1': ({ seriesInstanceUid }) => `series ${seriesInstanceUid} belongs to the study`,
  'series.sender-released.v1': ({ afterReleaseMs, lost }) =>
    lost
      ? 'an association that brought objects was lost with its receiver; it is not waited for'
      : `an association that brought objects was released; ${seconds(afterReleaseMs)} after the last one the series is complete`,
  'series.completed.v1': (data) =>
    `complete, revision ${data.revision}: ${plural(data.instances, 'object')}, ${data.newInstances} of them new${data.whole ? ', all to be decided again' : ''}; ${whyComplete(data)}`,
  'series.routed.v1': tellDecision,
  'series.discarded.v1': ({ rule }) => `discarded by rule '${rule}'`,
  'series.reopened.v1': ({ reason }) => `all of it to be decided again${because(reason)}`,
  'study.series-matched.v1': tellMatch,
  'study.force-completed.v1': tellForced,
  'study.completed.v1': tellStudyCompletion,
  'study.routed.v1': tellStudyDeliveries,
  'job.requested.v1': tellJob,
  'job.held.v1': ({ until, configurationVersion }) =>
    `held until ${until}, when off-peak hours begin by configuration ${configurationVersion}`,
  'job.released.v1': (release) =>
    release.by === 'operator'
      ? `released${because(release.note)}`
      : `released: these are off-peak hours by configuration ${release.configurationVersion}`,
  'job.started.v1': tellJobStart,
  'job.progressed.v1': tellProgress,
  'instance.derived.v1': tellDerived,
  'job.succeeded.v1': tellJobSuccess,
  'job.failed.v1': tellJobFailure,
  'job.timed-out.v1': ({ attempt, timeoutSeconds, durationMs }) =>
    `attempt ${attempt} stopped after ${seconds(durationMs)}: it may take ${timeoutSeconds} s`,
  'job.retry-scheduled.v1': ({ attempt, delayMs }) => `attempt ${attempt} in ${seconds(delayMs)}`,
  'job.abandoned.v1': ({ attempts, code }) => `given up after ${plural(attempts, 'attempt')}: ${code}`,
  'job.cancelled.v1': ({ reason }) => `cancelled${because(reason)}`,
  'job.restarted.v1': tellRestart,
  'job.routed.v1': tellJobRouting,
  'delivery.requested.v1': ({ target, instances, rules, priority = 'normal', after }) =>
    `${plural(instances.count, 'object')} to go to ${target} (${rules.map((rule) => `'${rule}'`).join(', ')})${priority === 'normal' ? '' : `, ${priority}`}${after === undefined ? '' : `, after delivery ${after}`}`,
  'delivery.held.v1': (hold) => {
    if (hold.reason === 'after') return `held until delivery ${hold.after} is over`;
    if (hold.reason === 'operator') return `held${because(hold.note)}`;
    return `held until ${hold.until}, when off-peak hours begin by configuration ${hold.configurationVersion}`;
  },
  'delivery.released.v1': (release) => {
    if (release.by === 'operator') return `released${because(release.note)}`;
    if (release.by === 'schedule')
      return `released: these are off-peak hours by configuration ${release.configurationVersion}`;
    return release.outcome === 'succeeded'
      ? `released: delivery ${release.delivery} arrived`
      : `goes on without delivery ${release.delivery}, which ${release.outcome === 'abandoned' ? 'was given up' : 'nobody knows'}`;
  },
  'delivery.attempted.v1': ({ attempt, target, instances, worker, mayRepeat }) =>
    `attempt ${attempt} to ${target}: ${plural(instances, 'object')} by ${worker}${mayRepeat ? '; some may already be there' : ''}`,
  'instance.delivered.v1': ({ sopInstanceUid, receipt, transferSyntaxUid }) =>
    `${sopInstanceUid} delivered in ${transferSyntaxes.get(transferSyntaxUid)?.name ?? transferSyntaxUid}: ${receipt}`,
  'delivery.succeeded.v1': ({ instances, durationMs }) =>
    `${plural(instances, 'object')} delivered in ${seconds(durationMs)}`,
  'delivery.failed.v1': ({ attempt, code, reason, by, uncertain, delivered, remaining }) =>
    `attempt ${attempt} ${by === 'waystation' ? 'broken off' : 'failed'}, ${delivered} delivered, ${remaining} remain${uncertain ? ' (some may be there all the same)' : ''}: ${code}, ${reason}`,
  'delivery.retry-scheduled.v1': ({ attempt, delayMs }) => `attempt ${attempt} in ${seconds(delayMs)}`,
  'delivery.interrupted.v1': ({ attempt, worker }) => `attempt ${attempt} was cut off: ${worker} vanished`,
  'delivery.abandoned.v1': ({ attempts, code }) => `given up after ${plural(attempts, 'attempt')}: ${code}`,
  'delivery.redriven.v1': ({ reason }) => `to be tried again${reason === '' ? '' : `: ${reason}`}`,
  'notification.requested.v1': tellNotification,
  'notification.attempted.v1': tellNotifying,
  'notification.sent.v1': tellReceipt,
  'notification.failed.v1': tellSilence,
  'notification.retry-scheduled.v1': ({ attempt, delayMs }) => `attempt ${attempt} in ${seconds(delayMs)}`,
  'notification.abandoned.v1': ({ attempts, code }) => `given up after ${plural(attempts, 'attempt')}: ${code}`,
  'notification.redriven.v1': ({ reason }) => `to be tried again${because(reason)}`,
  'objects.held.v1': ({ author, reason }) => `${author} wants its objects kept${because(reason)}`,
  'objects.released.v1': ({ author, reason }) =>
    `${author} lets its objects be kept as long as the configuration says${because(reason)}`,
  'objects.expired.v1': (data) => `${plural(data.objects.length, 'object')} kept no longer${tellExpiry(data)}`,
  'objects.erased.v1': tellErasure,
  'objects.reaped.v1': ({ count, bytes, before }) =>
    `${plural(count, 'object')} removed that no event names: ${bytes} bytes, older than ${before}`,
  'job.expired.v1': (data) =>
    `what it made is kept no longer, ${plural(data.instances, 'object')} and all files${tellExpiry(data)}`,
  'job.erased.v1': tellErasure,
  'identity.erasure-requested.v1': ({ keys, author, reason }) =>
    `${author} asked to forget who the patient is: ${plural(keys.length, 'key')} to be destroyed, ${reason}`,
  'identity.forgotten.v1': ({ keys, author, reason }) =>
    `who the patient is was forgotten for ${author}: ${plural(keys.length, 'key')} destroyed, ${reason}`,
  'identity.key-rotated.v1': ({ key, previous, author, reason }) =>
    `the keys of patients are wrapped by key ${key} instead of ${previous}, for ${author}${because(reason)}`,
  'log.sealed.v1': ({ from, to, seal, signature }) =>
    `positions ${from} to ${to} sealed: ${seal.slice(0, 12)}…${signature === null ? '' : `, signed with …${signature.key.slice(-12)}`}`,
  'log.signing-key-changed.v1': ({ key }) =>
    key === null ? 'seals are no longer signed' : `seals are signed with …${key.slice(-12)} from here on`,
  'log.segment-archived.v1': ({ from, to, key, reason }) =>
    `positions ${from} to ${to} copied to ${key} and compared${because(reason)}`,
  'log.segment-detached.v1': ({ from, to, reason }) =>
    `positions ${from} to ${to} leave the table of the log${because(reason)}`,
  'log.segment-dropped.v1': ({ from, to, reason }) => `positions ${from} to ${to} leave the database${because(reason)}`,
  'history.viewed.v1': readings('read'),
  'object.retrieved.v1': readings('took an object out'),
  'bundle.exported.v1': readings('took the evidence out'),
  'configuration.viewed.v1': readings('read the configuration'),
  'feed.followed.v1': ({ after, types, streams, study, live }) =>
    `followed the events behind position ${after}${live ? ' as they come' : ''}${[...types, ...streams, study].map((word) => (word === '' ? '' : `, ${word}`)).join('')}`,
  'subscription.stalled.v1': ({ position, attempts, code, reason }) =>
    `the event at position ${position} waits after ${plural(attempts, 'attempt')}: ${code}, ${reason}`,
  'subscription.resumed.v1': ({ position, attempts }) =>
    `the event at position ${position} was taken after ${plural(attempts, 'attempt')}`,
  'subscription.event-parked.v1': ({ position, code, reason }) =>
    `the event at position ${position} was put aside: ${code}, ${reason}`,
  'subscription.redelivery-requested.v1': ({ position, reason }) =>
    `the event at position ${position} is to be sent once more${because(reason)}`,
  'app.announced.v1': ({ app, version, settings }) =>
    `app ${app} ${version} says ${settings === undefined ? 'nothing of its settings' : 'which settings it takes'}`,
  'service.started.v1': ({ host, pid }) => `process ${pid} on ${host} began to work`,
  'service.stopped.v1': ({ host, pid }) => `process ${pid} on ${host} was told to end`,
};

/** An event in a sentence. One that this version does not know is named by its type. */
export const sentenceFor = (event: RecordedEvent): string => {
  if (definitionOf(event.type) === undefined) return event.type;
  const known = event as Recorded<AnyEvent>;
  return (sentences[known.type] as (data: AnyEvent['data']) => string)(known.data);
};
