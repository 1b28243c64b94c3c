import type { ConfigurationDocument, Ended, KeptFor } from '@waystation/events';
import { instantAfter, trimAeTitle, type Instant } from '@waystation/kernel';
import type { EndedFate } from './fate.js';

/** How long something is kept. */
export interface KeptUntil {
  /** The policy that says so; undefined where it is what holds without one. */
  readonly policy: string | undefined;
  /** Undefined for ever. */
  readonly days: number | undefined;
  readonly until: Instant | undefined;
  /** One sentence. */
  readonly because: string;
}

const DAY_MS = 86_400_000;

const daysFor: Readonly<Record<Ended, (keep: KeptFor) => number | undefined>> = {
  delivered: ({ deliveredDays }) => deliveredDays,
  undelivered: ({ undeliveredDays }) => undeliveredDays,
  undecided: ({ undecidedDays }) => undecidedDays,
  discarded: ({ discardedDays }) => discardedDays,
  derived: ({ derivedDays }) => derivedDays,
};

const inWords: Readonly<Record<Ended, string>> = {
  delivered: 'everything asked for was done',
  undelivered: 'something was given up or cancelled, and nothing is under way any more',
  undecided: 'nothing was asked for',
  discarded: 'it was discarded',
  derived: 'the job and all that followed from it were over',
};

/** How long something that ended is kept by a configuration. The first policy that fits says so. */
export const keptUntil = (
  { retention }: Pick<ConfigurationDocument, 'retention'>,
  { ended, endedAt, rules }: EndedFate,
  calledAeTitle: string | undefined,
): KeptUntil => {
  const policy = retention.policies.find(
    (one) =>
      (one.calledAeTitles.length === 0 || one.calledAeTitles.map(trimAeTitle).includes(calledAeTitle ?? '')) &&
      (one.rules.length === 0 || one.rules.some((rule) => rules.includes(rule))),
  );
  const days = daysFor[ended]((policy ?? retention).keep);
  const keeper = policy === undefined ? 'where no policy fits, it' : `the policy '${policy.name}'`;
  const howLong = days === undefined ? 'for ever' : `for ${days} ${days === 1 ? 'day' : 'days'}`;
  return {
    policy: policy?.name,
    days,
    until: days === undefined ? undefined : instantAfter(endedAt, Math.round(days * DAY_MS)),
    because: `${inWords[ended]} at ${endedAt}; ${policy === undefined ? `${keeper} is kept` : `${keeper} keeps that`} ${howLong}`,
  };
};

/** Whether a configuration lets anything go at all. */
export const letsAnythingGo = ({ retention }: Pick<ConfigurationDocument, 'retention'>): boolean =>
  [retention.keep, ...retention.policies.map(({ keep }) => keep)].some((keep) =>
    Object.values(daysFor).some((days) => days(keep) !== undefined),
  );
