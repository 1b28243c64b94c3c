import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Sha256, Uid } from '../values.js';
import { CollectedSeries } from './collected-series.js';

/** For one rule the study counts as complete. Never final: what comes later is the next revision. */
export const StudyCompleted = defineEvent('study.completed', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'For a rule that waited for it the study counts as complete.',
  data: z.strictObject({
    rule: Name,
    /** Counts the completions for this rule. */
    revision: z.int().positive(),
    trigger: z.enum(['quiet', 'listed-series', 'forced', 'manual']),
    /** The rule that is followed in place of the one that waited; an operator named it. */
    follow: Name.optional(),
    /** Version and hash of the configuration that was in force: the rule is followed as it stands there. */
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    /** What was collected since the completion before, in the order in which it matched. */
    series: z.array(CollectedSeries).min(1),
    /** Series of the study that were still coming or undecided. */
    pending: z.array(Uid),
    /** Parts of series descriptions that the rule lists and no series had. */
    missing: z.array(z.string()),
    /** Of an operator, who is the event's actor. */
    reason: z.string().optional(),
  }),
});
export type StudyCompleted = EventOf<typeof StudyCompleted>;
