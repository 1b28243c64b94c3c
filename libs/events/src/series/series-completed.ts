import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { AeTitle, Count, Milliseconds, Name, Sha256 } from '../values.js';

/** What the trigger of a completion rests on, where it is not the quiet period of the document as a whole. */
export const CompletionGround = z.strictObject({
  /** The rules that matched and asked for this quiet period. */
  rules: z.array(Name).min(1).optional(),
  /** The title we were called by whose entry says how long the quiet period is, where no rule does. */
  applicationEntity: AeTitle.optional(),
  /** How long nothing came after the last association was released that had brought objects. */
  afterReleaseMs: Milliseconds.optional(),
  /** How many objects the series was said to have. */
  expectedCount: Count.optional(),
  /** Why somebody completed it by hand; who, is in the metadata. */
  reason: z.string().optional(),
});
export type CompletionGround = Readonly<z.infer<typeof CompletionGround>>;

/** The series counts as complete. Never final: a later object opens the next revision. */
export const SeriesCompleted = defineEvent('series.completed', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'The series counts as complete: quiet, released, as many objects as expected, or by hand.',
  data: z.strictObject({
    revision: z.int().positive(),
    /**
     * `quiet`: nothing came for the quiet period; `association-released`: every association that brought objects was
     * released; `expected-count`: as many objects are there as one of them said; `manual`: somebody said so.
     */
    trigger: z.enum(['quiet', 'association-released', 'expected-count', 'manual']),
    /** The quiet period that held. */
    quietPeriodMs: Milliseconds,
    because: CompletionGround.optional(),
    /** When the last object arrived, database clock. */
    lastReceivedAt: z.iso.datetime(),
    /** All instances of the series so far. */
    instances: Count,
    /** Those that came since the revision before. */
    newInstances: Count,
    /** Present where the series was reopened: what is decided now concerns all of it, not only what is new. */
    whole: z.literal(true).optional(),
    /** SHA-256 over `SOPInstanceUID sha256\n` of all instances in order of UID. */
    digest: Sha256,
  }),
});
export type SeriesCompleted = EventOf<typeof SeriesCompleted>;
