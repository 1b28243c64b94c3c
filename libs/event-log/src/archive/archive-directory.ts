import { z } from 'zod';

export const ARCHIVE_FORMAT = 'waystation-archive/1';
/** Events in one member: what has to be read and unpacked to get at any one of them. */
export const EVENTS_PER_MEMBER = 1000;
/** Streams in one member of the index. */
export const STREAMS_PER_MEMBER = 1000;

const Place = z.int().nonnegative();

/** The last member of a copy: where everything in it is. */
export const ArchiveDirectory = z.strictObject({
  format: z.literal(ARCHIVE_FORMAT),
  from: z.int().positive(),
  to: z.int().positive(),
  eventsPerMember: z.int().positive(),
  /** Byte at which each member of events begins, and at which the last one ends. */
  members: z.array(Place),
  /** First stream and first byte of each member of the index, ascending by stream. */
  index: z.array(z.tuple([z.string(), Place])),
});
export type ArchiveDirectory = Readonly<z.infer<typeof ArchiveDirectory>>;
