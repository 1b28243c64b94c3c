import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Sha256, Uid } from '../values.js';
import { CollectedSeries } from './collected-series.js';

/** A study that was not complete waits no longer for a rule, or waits on all the same. No object is touched by it. */
export const StudyForceCompleted = defineEvent('study.force-completed', 1, {
  stream: 'study',
  producer: 'routing',
  summary: 'A study that was not complete in time goes on, goes nowhere, or waits on.',
  data: z.strictObject({
    rule: Name,
    /** `proceed`: a completion follows; `discard`: what was collected goes nowhere; `ignore`: it waits on, without a limit. */
    action: z.enum(['proceed', 'discard', 'ignore']),
    /** Whether the limit of the rule passed, or an operator asked, who is the event's actor. */
    by: z.enum(['limit', 'operator']),
    configuration: z.strictObject({ version: Count, sha256: Sha256 }),
    /** What was collected until then. */
    series: z.array(CollectedSeries).min(1),
    /** Series of the study that were still coming or undecided. */
    pending: z.array(Uid),
    /** Parts of series descriptions that the rule lists and no series had. */
    missing: z.array(z.string()),
    /** Of an operator. */
    reason: z.string().optional(),
  }),
});
export type StudyForceCompleted = EventOf<typeof StudyForceCompleted>;
