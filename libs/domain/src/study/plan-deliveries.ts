import { createHash } from 'node:crypto';
import type { CollectedSeries, DeliveryRequested, RoutedDelivery, Rule, StudyDelivery } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { deliveriesFor } from '../series/deliveries-for.js';
import { deliveriesRequestedBy, sendsItself } from '../series/route-series.js';
import type { KnownSeries } from '../series/series-state.js';
import { completionOf, followedRule, requestedBefore } from './deliveries-before.js';
import type { RouteStudy } from './study-command.js';
import { collectionOf, type StudyState } from './study-state.js';
import { whatGoes } from './what-goes.js';

/** What follows from a completion. */
export interface StudyPlan {
  readonly requests: readonly DeliveryRequested[];
  /** Deliveries that bring what would have been sent. */
  readonly alreadyRequested: readonly StudyDelivery[];
}

/** One series to one target. */
interface Wish {
  readonly series: KnownSeries;
  readonly revision: number;
  readonly delivery: RoutedDelivery;
}

/**
 * The deliveries of a completed study: one for each series, revision and target, without what was requested before. The
 * same before and behind the event that says so.
 * @throws CodedError `study.outdated` where a delivery was requested meanwhile that the command does not know
 */
export const planDeliveries = (state: StudyState, command: RouteStudy): StudyPlan => {
  const requests: DeliveryRequested[] = [];
  const alreadyRequested: StudyDelivery[] = [];
  const completion = completionOf(state, command);
  const rule = completion && followedRule(command, completion, command.document);
  if (completion === undefined || rule === undefined || !sendsItself(rule)) return { requests, alreadyRequested };
  const last = rule.ordered ? lastOrdered(state, command) : new Map<string, string>();
  for (const wish of wishesOf(state, command, rule, completion.series)) {
    const { series, revision, delivery } = wish;
    const { target } = delivery;
    const before = requestedBefore(state, command, series, { revision, target });
    const [sent] = before;
    const rest = restOf(wish, before, command);
    if (rest === undefined && sent !== undefined) {
      alreadyRequested.push({ delivery: sent, seriesInstanceUid: series.seriesInstanceUid, revision, target });
      last.set(target, sent);
      continue;
    }
    const own = sent === undefined ? delivery : { ...delivery, ...rest, delivery: additionalId(delivery, command) };
    const after = rule.ordered ? last.get(target) : undefined;
    for (const request of deliveriesRequestedBy(series, { revision, deliveries: [own] }))
      requests.push(after === undefined ? request : { ...request, data: { ...request.data, after } });
    last.set(target, own.delivery);
  }
  return { requests, alreadyRequested };
};

/** What the rule would send, in the order of series number, UID and revision. */
const wishesOf = (
  state: StudyState,
  command: RouteStudy,
  rule: Rule,
  collected: readonly CollectedSeries[],
): readonly Wish[] =>
  whatGoes(state, command, rule, collected).flatMap(({ series, revision, isWhole }) => {
    const opened = command.opened.get(series.seriesInstanceUid) ?? { identity: {} };
    // What comes together for the first time is sent once, however many revisions it has.
    const asked: Rule = isWhole ? rule : { ...rule, late: 'delta' };
    const { deliveries } = deliveriesFor(series, revision, [asked], opened);
    return deliveries.map((delivery) => ({ series, revision, delivery }));
  });

/** The objects of a wish that deliveries before it do not bring; undefined where they bring all of them. */
const restOf = (
  { series, revision, delivery }: Wish,
  before: readonly string[],
  { requested, rule }: RouteStudy,
): { readonly sopInstanceUids: string[] } | undefined => {
  const [wished] = deliveriesRequestedBy(series, { revision, deliveries: [delivery] });
  const rest = new Set(wished === undefined ? [] : objectsOf(series, wished.data));
  for (const id of before) {
    const request = requested.get(id);
    if (request === undefined)
      throw new CodedError('study.outdated', `delivery ${id} was requested since rule '${rule}' was looked at`);
    for (const sopInstanceUid of objectsOf(series, request)) rest.delete(sopInstanceUid);
  }
  return rest.size === 0 ? undefined : { sopInstanceUids: [...rest] };
};

const objectsOf = (series: KnownSeries, { instances }: DeliveryRequested['data']): readonly string[] => {
  if ('job' in instances) return [];
  const { afterSequence, throughSequence, sopInstanceUids } = instances;
  if (sopInstanceUids !== undefined) return sopInstanceUids;
  return [...series.instances.values()]
    .filter(({ sequence }) => sequence > afterSequence && sequence <= throughSequence)
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ sopInstanceUid }) => sopInstanceUid);
};

/** Of a delivery beside one that brings only a part. The same for the same question, as every id is. */
const additionalId = ({ delivery }: RoutedDelivery, { rule, revision }: RouteStudy): string =>
  createHash('sha256').update(`${delivery}\n${rule}\n${revision}`).digest('hex').slice(0, 20);

/** The delivery of the rule that each target gets last, as far as completions before this one say. */
const lastOrdered = (state: StudyState, { rule, revision }: RouteStudy): Map<string, string> =>
  new Map(
    (collectionOf(state, rule)?.completions ?? [])
      .filter((completion) => completion.revision < revision)
      .flatMap(({ routed }) => (routed?.deliveries ?? []).map(({ target, delivery }) => [target, delivery] as const)),
  );
