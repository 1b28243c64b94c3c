import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Count } from '../values.js';

/** Somebody began to follow the events. What follows from it, page by page or as a stream, is not written down. */
export const FeedFollowed = defineEvent('feed.followed', 1, {
  stream: 'access',
  producer: 'audit',
  summary: 'Somebody began to follow the events.',
  data: z.strictObject({
    /** The position behind which it began. */
    after: Count,
    /** What it was narrowed to; empty for everything. */
    types: z.array(z.string()),
    streams: z.array(z.string()),
    study: z.string(),
    /** True for a stream that goes on as events are appended. */
    live: z.boolean(),
  }),
});
export type FeedFollowed = EventOf<typeof FeedFollowed>;
