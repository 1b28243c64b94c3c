import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { DeliveryPriority } from '../delivery/delivery-priority.js';
import { Count, Name, Sha256, Uid } from '../values.js';

/** One step of an explanation: an expression of the condition and the value it had. */
export const Observation = z.strictObject({ expression: z.string(), value: z.string() });

/** What one rule said and why. */
export const RuleVerdict = z.strictObject({
  rule: Name,
  /** `not-asked`: it names called AE titles, and the series came to none of them. */
  verdict: z.enum(['matched', 'not-matched', 'failed', 'fallback-not-needed', 'not-asked', 'disabled']),
  condition: z.string(),
  /** One sentence. */
  because: z.string(),
  /** Every sub-expression that was looked at, with the value it had. */
  observations: z.array(Observation),
});
export type RuleVerdict = Readonly<z.infer<typeof RuleVerdict>>;

/**
 * The same as it is written down. Without condition and observations where the configuration and the objects tell them: of a
 * rule that did not match and did not look at who the patient is, and of one that was not asked.
 */
export const RecordedVerdict = RuleVerdict.partial({ condition: true, observations: true });
export type RecordedVerdict = Readonly<z.infer<typeof RecordedVerdict>>;

/** A delivery that follows from the decision. */
export const RoutedDelivery = z.strictObject({
  delivery: z.string(),
  target: Name,
  rules: z.array(Name),
  /** `normal` where it says nothing. */
  priority: DeliveryPriority.optional(),
  /** Present where a rule wants all of the series again, not only what came late. */
  whole: z.literal(true).optional(),
  /** Which of its objects; all of those that the revision is about where it says nothing. */
  sopInstanceUids: z.array(Uid).min(1).optional(),
});
export type RoutedDelivery = Readonly<z.infer<typeof RoutedDelivery>>;

/** A job that follows from the decision: the first step of a rule that processes. */
export const RoutedJob = z.strictObject({
  job: z.string(),
  rule: Name,
  module: Name,
  /** Present where the rule wants all of the series again, not only what came late. */
  whole: z.literal(true).optional(),
});
export type RoutedJob = Readonly<z.infer<typeof RoutedJob>>;

/** The rules were asked where the series goes. Holds everything needed to ask again and compare. */
export const SeriesRouted = defineEvent('series.routed', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'The rules decided where the series goes, and why.',
  data: z.strictObject({
    revision: z.int().positive(),
    /** `undecided`: no rule was asked; the series waits for somebody to reopen it. */
    outcome: z.enum(['routed', 'discarded', 'unmatched', 'undecided']),
    /** Why it is undecided. */
    reason: z.string().optional(),
    /** Version and hash of the configuration that was in force. */
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    /** The instance whose header the conditions saw: lowest instance number, then lowest UID. */
    representative: Uid,
    verdicts: z.array(RecordedVerdict),
    deliveries: z.array(RoutedDelivery),
    /** Present where rules that matched have the series processed. */
    jobs: z.array(RoutedJob).min(1).optional(),
    /** Rules that matched and wait for the study; present where there are any. */
    studyRules: z.array(Name).min(1).optional(),
    /** Targets that get nothing because no object meets what the rules ask of each; present where there are any. */
    withoutObjects: z.array(Name).min(1).optional(),
  }),
});
export type SeriesRouted = EventOf<typeof SeriesRouted>;
