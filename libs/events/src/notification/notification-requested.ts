import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count, Name, Uid } from '../values.js';

/** Somebody is to be told what became of what a rule asked for. */
export const NotificationRequested = defineEvent('notification.requested', 1, {
  stream: 'notification',
  producer: 'dispatch',
  summary: 'Somebody is to be told what a rule came to.',
  data: z.strictObject({
    notification: z.string(),
    rule: Name,
    channel: Name,
    event: z.enum(['received', 'completed', 'error']),
    studyInstanceUid: Uid,
    /** Left out where the rule is about the study. */
    seriesInstanceUid: Uid.optional(),
    revision: z.int().positive(),
    /** Version of the configuration that the rule was followed in. */
    configurationVersion: Count,
    /** Where the rule sends to; the first hundred. */
    targets: z.array(Name).max(100),
    /** One sentence, without anything that identifies the patient. */
    details: z.string().max(1000),
    /** Attempts of jobs whose own words are told besides. */
    words: z
      .array(z.strictObject({ job: z.string(), attempt: z.int().positive() }))
      .min(1)
      .max(17)
      .optional(),
  }),
});
export type NotificationRequested = EventOf<typeof NotificationRequested>;
