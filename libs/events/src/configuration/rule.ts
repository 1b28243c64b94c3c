import { z } from 'zod';
import { DeliveryPriority } from '../delivery/delivery-priority.js';
import { AeTitle, Name } from '../values.js';
import { QuietPeriodSeconds } from './completion.js';
import { RuleProcessing } from './rule-processing.js';

const Condition = z.string().min(1).max(10_000);

/** Where a rule sends: the name of a target, or that with a condition which each object is asked. */
export const RuleTarget = z.union([Name, z.strictObject({ target: Name, instances: Condition })]);
export type RuleTarget = Readonly<z.infer<typeof RuleTarget>>;

/** The name of the target that is meant. */
export const nameOfTarget = (target: RuleTarget): string => (typeof target === 'string' ? target : target.target);

/** When a study counts as complete for a rule that waits for it. */
export const StudyTrigger = z.strictObject({
  /**
   * Seconds since the last series that matched was complete; a series of the study to which objects still come holds it
   * open. With `series` it is not asked.
   */
  quietPeriodSeconds: QuietPeriodSeconds.default(900),
  /**
   * Series that have to be there: parts of series descriptions in quotes, in any case, with `and`, `or` and parentheses:
   * `'t1' and ('flair' or 't2')`.
   */
  series: z.string().min(1).max(10_000).optional(),
  /** Seconds since the first series that matched after which it waits no longer. Left out, it waits for ever. */
  forceAfterSeconds: z.number().min(1).max(31_536_000).optional(),
  /** What becomes of the study then: it goes where the rule says, it goes nowhere, or it waits on. */
  force: z.enum(['proceed', 'discard', 'ignore']).default('proceed'),
});
export type StudyTrigger = Readonly<z.infer<typeof StudyTrigger>>;

/** Whom a rule tells of what. */
export const RuleNotification = z.strictObject({
  /** Names of channels. */
  channels: z.array(Name).min(1).max(32),
  /**
   * `received`: the rule matched; `completed`: everything it asked for was delivered; `requested`: the same, and a module of
   * the rule asked that somebody be told; `error`: a delivery failed for good.
   */
  on: z
    .array(z.enum(['received', 'completed', 'requested', 'error']))
    .min(1)
    .default(['completed', 'error']),
});
export type RuleNotification = Readonly<z.infer<typeof RuleNotification>>;

/** A condition and what follows from it. */
export const Rule = z.strictObject({
  name: Name,
  /** In the rule language: `@Modality@ == 'CT' and 'HEAD' in @StudyDescription@`. */
  condition: Condition,
  /** Titles we were called by; whichever it was where there is none. */
  calledAeTitles: z.array(AeTitle).max(1000).default([]),
  /** Whether it is followed for each series, or once for the study with all its series that match. */
  trigger: z.enum(['series', 'study']).default('series'),
  /** Only with the trigger `study`. */
  study: StudyTrigger.optional(),
  /**
   * `route`: the objects go to the targets; `process`: they are processed and what comes out is kept; `both`: what comes out
   * goes to the targets; `notify`: somebody is told, and nothing else; `discard`: they go nowhere, whatever other rules say.
   */
  action: z.enum(['route', 'process', 'both', 'discard', 'notify']),
  /** Only with `process` and `both`. */
  processing: RuleProcessing.optional(),
  /** Empty for `process`, `discard` and `notify`. */
  targets: z.array(RuleTarget).default([]),
  /** Whom it tells; needed for `notify`, free for every other action. */
  notifications: z.array(RuleNotification).max(32).default([]),
  /** Asked only where no other rule matched. */
  fallback: z.boolean().default(false),
  /** A series that the rule matches is complete after this long without a new object, in place of what else holds. */
  quietPeriodSeconds: QuietPeriodSeconds.optional(),
  /** What is sent once objects came late: those, or all of the series again. */
  late: z.enum(['delta', 'whole']).default('delta'),
  /** `urgent` goes first, `off-peak` only at the hours that the schedule says. */
  priority: DeliveryPriority.default('normal'),
  /** Only with the trigger `study`: a target gets its series one after another, by series number. */
  ordered: z.boolean().default(false),
  disabled: z.boolean().default(false),
  comment: z.string().max(1000).optional(),
});
export type Rule = Readonly<z.infer<typeof Rule>>;
