import { createHash } from 'node:crypto';
import type { ConfigurationDocument, NotificationRequested, Rule } from '@waystation/events';
import type { RuleDecision, RuleJob } from './rule-decision.js';

/** What became of a delivery: all is there, or nobody tries any more. Undefined: neither yet. */
export type DeliveryOutcome = 'succeeded' | { readonly code: string } | undefined;

export type Notification = NotificationRequested['data'];
type Moment = Notification['event'];

const LONGEST_DETAILS = 1000;
const MOST_TARGETS = 100;
const MOST_WORDS = 17;

/**
 * Which notifications a decision calls for by now, each the first event of its own stream. The same for the same question,
 * so that it may be asked as often as anything happens: whichever delivery ends last, whoever hears of it, asks with every
 * outcome known, and its id keeps what was asked before from being asked again.
 * @param document the configuration that decided
 */
export const notificationsDue = (
  decision: RuleDecision,
  document: ConfigurationDocument,
  outcomeOf: (delivery: string) => DeliveryOutcome,
): readonly Notification[] =>
  document.rules
    .filter(({ name, action }) => decision.rules.includes(name) && (!decision.isDiscarded || action === 'discard'))
    .flatMap(({ name, notifications }) => {
      const deliveries = decision.deliveries.filter(({ rules }) => rules.includes(name));
      const processing = (decision.processing ?? []).filter(({ rule }) => rule === name);
      const moments = momentsOf(deliveries, processing, outcomeOf);
      const targets = [...new Set(deliveries.map(({ target }) => target))].toSorted();
      return notifications.flatMap(({ channels, on }) =>
        [...moments]
          .filter(([moment]) => isToldOf(moment, on, processing))
          .flatMap(([event, details]) =>
            channels.map((channel) => {
              const words = event === 'completed' ? wordsOf(processing) : {};
              return notificationOf(decision, { rule: name, channel, event, details, targets, ...words });
            }),
          ),
      );
    });

/** What is told only where a module asks for it is told as what it is: that all is done. */
const isToldOf = (moment: Moment, on: Rule['notifications'][number]['on'], processing: readonly RuleJob[]): boolean =>
  on.includes(moment) ||
  (moment === 'completed' && on.includes('requested') && processing.some(({ isRequested }) => isRequested === true));

const wordsOf = (processing: readonly RuleJob[]): Pick<Notification, 'words'> => {
  const words = processing.flatMap((job) => job.words ?? []).slice(0, MOST_WORDS);
  return words.length === 0 ? {} : { words };
};

/** `completed` where nothing was asked for, too; `error` and `completed` one after the other where somebody tried again. */
const momentsOf = (
  deliveries: RuleDecision['deliveries'],
  processing: readonly RuleJob[],
  outcomeOf: (delivery: string) => DeliveryOutcome,
): ReadonlyMap<Moment, string> => {
  const outcomes = deliveries.map(({ delivery, target }) => ({ target, outcome: outcomeOf(delivery) }));
  const targets = [...new Set(deliveries.map(({ target }) => target))].toSorted().join(', ');
  const modules = [...new Set(processing.map(({ module }) => module))].join(', ');
  const nothing = modules === '' ? 'nothing to deliver' : `processed by ${modules}`;
  const moments = new Map<Moment, string>([['received', targets === '' ? nothing : `goes to ${targets}`]]);
  const isProcessed = processing.every(({ outcome }) => outcome === 'over');
  if (isProcessed && outcomes.every(({ outcome }) => outcome === 'succeeded'))
    moments.set('completed', targets === '' ? nothing : `delivered to ${targets}`);
  const failures = [
    ...processing.map(({ module, outcome }) => ({ what: module, outcome })),
    ...outcomes.map(({ target, outcome }) => ({ what: target, outcome })),
  ].flatMap(({ what, outcome }) => (typeof outcome === 'object' ? [`${what}: given up, ${outcome.code}`] : []));
  if (failures.length > 0) moments.set('error', [...new Set(failures)].join('; '));
  return moments;
};

const notificationOf = (
  { studyInstanceUid, seriesInstanceUid, revision, waited, configurationVersion }: RuleDecision,
  { targets, details, ...what }: Pick<Notification, 'rule' | 'channel' | 'event' | 'targets' | 'details' | 'words'>,
): Notification => ({
  notification: notificationId(what, seriesInstanceUid ?? studyInstanceUid, revision, waited),
  ...what,
  studyInstanceUid,
  ...(seriesInstanceUid === undefined ? {} : { seriesInstanceUid }),
  revision,
  configurationVersion,
  targets: targets.slice(0, MOST_TARGETS),
  details: details.slice(0, LONGEST_DETAILS),
});

/** 80 bits, short enough to type. */
const notificationId = (
  { rule, event, channel }: Pick<Notification, 'rule' | 'event' | 'channel'>,
  subject: string,
  revision: number,
  waited = rule,
): string => {
  // Revisions of a study are counted for each rule that waits.
  const parts = [rule, event, subject, revision, channel, ...(waited === rule ? [] : [waited])];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 20);
};
