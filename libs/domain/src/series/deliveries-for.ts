import { createHash } from 'node:crypto';
import { nameOfTarget, type DeliveryPriority, type Facts, type RoutedDelivery, type Rule } from '@waystation/events';
import { compileRules } from '@waystation/rules';
import { hasExpired } from './living-objects.js';
import { rangeOf } from './series-range.js';
import { factsWithIdentity, type OpenedIdentity } from './series-subject.js';
import type { KnownSeries, SeriesInstance } from './series-state.js';

/** What rules that matched make of a revision. */
export interface DeliveriesFor {
  /** Every target once, in the order of first mention, with the rules that name it. */
  readonly deliveries: readonly RoutedDelivery[];
  /** Targets that get nothing because no object meets what the rules ask of each. */
  readonly withoutObjects: readonly string[];
}

/** What one rule sends to a target. */
interface Wish {
  readonly rule: Rule;
  /** What each object is asked; undefined where all of them go. */
  readonly condition: string | undefined;
}

/**
 * The deliveries of a revision that rules ask for. A target that several of them name is sent to once: all that any of
 * them wants.
 * @param rules those that matched
 * @throws CodedError `series.unknown-revision`
 */
export const deliveriesFor = (
  state: KnownSeries,
  revision: number,
  rules: readonly Rule[],
  opened: OpenedIdentity,
): DeliveriesFor => {
  const range = rangeOf(state, revision);
  const instances = [...state.instances.values()]
    .filter(({ sequence, expiredBy }) => sequence <= range.throughSequence && expiredBy === undefined)
    .sort((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
  const meets = meeting(state, opened);
  const deliveries: RoutedDelivery[] = [];
  const withoutObjects: string[] = [];
  for (const [target, wishes] of wishesByTarget(rules)) {
    const whole = range.afterSequence > 0 && wishes.some(({ rule }) => rule.late === 'whole');
    const isNew = ({ sequence }: SeriesInstance): boolean => sequence > range.afterSequence;
    const concerned = whole ? instances : instances.filter(isNew);
    const chosen = concerned.filter((instance) =>
      wishes.some(
        ({ rule, condition }) =>
          (rule.late === 'whole' || isNew(instance)) && (condition === undefined || meets(condition, instance)),
      ),
    );
    if (chosen.length === 0) {
      withoutObjects.push(target);
      continue;
    }
    const priority = priorityOf(wishes);
    deliveries.push({
      delivery: deliveryId(state.seriesInstanceUid, revision, target),
      target,
      rules: [...new Set(wishes.map(({ rule }) => rule.name))],
      ...(priority === 'normal' ? {} : { priority }),
      ...(whole ? { whole } : {}),
      ...(chosen.length === concerned.length && !hasExpired(state, whole ? { ...range, afterSequence: 0 } : range)
        ? {}
        : { sopInstanceUids: chosen.map(({ sopInstanceUid }) => sopInstanceUid) }),
    });
  }
  return { deliveries, withoutObjects };
};

/** The same for the same question, so that asking twice cannot request twice. 80 bits: short enough to type. */
const deliveryId = (seriesInstanceUid: string, revision: number, target: string): string =>
  createHash('sha256').update(`${seriesInstanceUid}\n${revision}\n${target}`).digest('hex').slice(0, 20);

const wishesByTarget = (rules: readonly Rule[]): ReadonlyMap<string, readonly Wish[]> => {
  const byTarget = new Map<string, Wish[]>();
  for (const rule of rules)
    for (const target of rule.targets) {
      const wishes = byTarget.get(nameOfTarget(target)) ?? [];
      wishes.push({ rule, condition: typeof target === 'string' ? undefined : target.instances });
      byTarget.set(nameOfTarget(target), wishes);
    }
  return byTarget;
};

/** Whether an object meets a condition by its own facts. Each condition is read once, each object's facts as well. */
const meeting = (
  state: KnownSeries,
  opened: OpenedIdentity,
): ((condition: string, instance: SeriesInstance) => boolean) => {
  const filters = new Map<string, (facts: Facts) => boolean>();
  const known = new Map<SeriesInstance, Facts>();
  return (condition, instance) => {
    const filter = filters.get(condition) ?? compileRules([]).instanceFilter([condition]);
    filters.set(condition, filter);
    const facts = known.get(instance) ?? factsWithIdentity(state, instance, opened);
    known.set(instance, facts);
    return filter(facts);
  };
};

/** The most urgent of the rules; off-peak only where none of them is in more of a hurry. */
const priorityOf = (wishes: readonly Wish[]): DeliveryPriority => {
  const priorities = wishes.map(({ rule }) => rule.priority);
  if (priorities.includes('urgent')) return 'urgent';
  return priorities.includes('normal') ? 'normal' : 'off-peak';
};
