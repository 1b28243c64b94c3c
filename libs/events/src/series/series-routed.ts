import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Sha256, Uid } from '../values.js';

/** One step of an explanation: an expression of the condition and the value it had. */
export const Observation = z.strictObject({ expression: z.string(), value: z.string() });

/** What one rule said and why. */
export const RuleVerdict = z.strictObject({
  rule: Name,
  verdict: z.enum(['matched', 'not-matched', 'failed', 'fallback-not-needed', 'disabled']),
  condition: z.string(),
  /** One sentence. */
  because: z.string(),
  /** Every sub-expression that was looked at, with the value it had. */
  observations: z.array(Observation),
});
export type RuleVerdict = Readonly<z.infer<typeof RuleVerdict>>;

/** A delivery that follows from the decision. */
export const RoutedDelivery = z.strictObject({ delivery: z.string(), target: Name, rules: z.array(Name) });

/** The rules were asked where the series goes. Holds everything needed to ask again and compare. */
export const SeriesRouted = defineEvent('series.routed', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'The rules decided where the series goes, and why.',
  data: z.strictObject({
    revision: z.int().positive(),
    outcome: z.enum(['routed', 'discarded', 'unmatched']),
    /** Version and hash of the configuration that was in force. */
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    /** The instance whose header the conditions saw: lowest instance number, then lowest UID. */
    representative: Uid,
    verdicts: z.array(RuleVerdict),
    deliveries: z.array(RoutedDelivery),
  }),
});
export type SeriesRouted = EventOf<typeof SeriesRouted>;
