import {
  definitionOf,
  idOf,
  type Actor,
  type catalogue,
  type EventOf,
  type Recorded,
  type RecordedEvent,
} from '@waystation/events';
import type { AuditMessage } from './audit-message.js';
import { evidenceTaken, instanceRead, logUsed } from './reading-messages.js';
import type { Reporter } from './reporter.js';
import {
  applicationActivity,
  configurationChanged,
  identityKeyRotated,
  nodeRefused,
  patientForgotten,
  signingKeyChanged,
} from './security-messages.js';
import type { Subject } from './subject.js';
import { beginReceiving, beginSending, received, sent } from './transfer-messages.js';

type AnyEvent = EventOf<(typeof catalogue)[number]>;
type Messages<Type extends AnyEvent['type']> = (
  event: Recorded<Extract<AnyEvent, { type: Type }>>,
  subject: Subject,
  reporter: Reporter,
) => readonly AuditMessage[];

/** What an audit repository is told of. What is not here is no audited event of PS3.15, or is told by one that is. */
const mappings: { readonly [Type in AnyEvent['type']]?: Messages<Type> } = {
  'service.started.v1': ({ stream, data, time }, _subject, reporter) => [
    applicationActivity('start', { service: idOf(stream), ...data, dateTime: time }, reporter),
  ],
  'service.stopped.v1': ({ stream, data, time }, _subject, reporter) => [
    applicationActivity('stop', { service: idOf(stream), ...data, dateTime: time }, reporter),
  ],
  'association.rejected.v1': ({ data, time }, _subject, reporter) => [nodeRefused(data, time, reporter)],
  'series.opened.v1': (event, { study }, reporter) => (study ? [beginReceiving(study, reporter, event)] : []),
  'series.completed.v1': ({ data }, { study }, reporter) =>
    study
      ? [received(study, reporter, { instances: data.newInstances, dateTime: data.lastReceivedAt, outcome: 0 })]
      : [],
  'delivery.attempted.v1': ({ data, time }, subject, reporter) =>
    beginSending(subject, reporter, { instances: data.instances, dateTime: time, outcome: 0 }),
  'delivery.succeeded.v1': ({ data, time }, subject, reporter) =>
    sent(subject, reporter, { instances: data.instances, dateTime: time, outcome: 0 }),
  'delivery.failed.v1': ({ data, time }, subject, reporter) =>
    sent(subject, reporter, {
      instances: data.remaining,
      dateTime: time,
      outcome: 4,
      outcomeDescription: data.reason.slice(0, LONGEST_REASON),
    }),
  'delivery.abandoned.v1': ({ data, time }, subject, reporter) =>
    sent(subject, reporter, {
      instances: subject.delivery?.request.instances.count ?? 0,
      dateTime: time,
      outcome: 8,
      outcomeDescription: data.reason.slice(0, LONGEST_REASON),
    }),
  'configuration.published.v1': ({ data, time }, _subject, reporter) => [configurationChanged(data, time, reporter)],
  'log.signing-key-changed.v1': ({ data, time }, _subject, reporter) => [signingKeyChanged(data, time, reporter)],
  'identity.key-rotated.v1': ({ data, time }, _subject, reporter) => [identityKeyRotated(data, time, reporter)],
  'identity.forgotten.v1': ({ data, time }, _subject, reporter) => patientForgotten(data, time, reporter),
  'history.viewed.v1': (event, _subject, reporter) => [
    logUsed(readBy(event), reporter, {
      View: event.data.view,
      Subject: event.data.subject,
      Times: String(event.data.times),
    }),
  ],
  'feed.followed.v1': (event, _subject, reporter) => [
    logUsed(readBy(event), reporter, {
      View: event.data.live ? 'event stream' : 'events',
      After: String(event.data.after),
    }),
  ],
  'object.retrieved.v1': (event, subject, reporter) => instanceRead(subject, readBy(event), reporter),
  'bundle.exported.v1': (event, subject, reporter) => evidenceTaken(subject, event.data, readBy(event), reporter),
};

const LONGEST_REASON = 1000;
const nobody: Actor = { kind: 'peer', name: 'anonymous' };

const readBy = ({ metadata, time }: RecordedEvent) => ({ reader: metadata.actor ?? nobody, dateTime: time });

/** Whether an event of a type has something to tell an audit repository. */
export const isAudited = (type: string): boolean => type in mappings && definitionOf(type) !== undefined;

/**
 * The audit messages (PS3.15 A.5) that an event makes; none for most events. Pure: the same event makes the same messages
 * whenever it is asked, so that they can be sent again from any position.
 */
export const auditMessagesOf = (
  event: RecordedEvent,
  subject: Subject,
  reporter: Reporter,
): readonly AuditMessage[] => {
  const mapping = mappings[event.type as AnyEvent['type']] as Messages<AnyEvent['type']> | undefined;
  return mapping?.(event as never, subject, reporter) ?? [];
};
