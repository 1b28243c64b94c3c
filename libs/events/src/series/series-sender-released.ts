import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Milliseconds } from '../values.js';

/** An association that brought objects of the series was released by its sender (PS3.8 7.2), or its receiver is gone. */
export const SeriesSenderReleased = defineEvent('series.sender-released', 1, {
  stream: 'series',
  producer: 'routing',
  summary: 'An association that brought objects of the series was released.',
  data: z.strictObject({
    association: z.string(),
    /** How long nothing must come over another association until the series counts as complete. */
    afterReleaseMs: Milliseconds,
    /** Its receiver is gone: nothing more comes over it, which alone says nothing of whether all came. */
    lost: z.literal(true).optional(),
  }),
});
export type SeriesSenderReleased = EventOf<typeof SeriesSenderReleased>;
