import { z } from 'zod';

/** Event types by name: `series.completed.v1`, `series.completed` in any version, `series.*`, `*`. */
export const TypePattern = z
  .string()
  .max(100)
  .regex(/^([a-z][a-z0-9.-]*\*?|\*)$/, 'a type such as series.completed.v1, or its beginning and a star: series.*');

/** Streams by name: `series/<SeriesInstanceUID>`, `delivery/*`, `*`. */
export const StreamPattern = z
  .string()
  .max(200)
  .regex(/^([a-z][^*\s]*\*?|\*)$/, 'a stream such as delivery/<id>, or its beginning and a star: delivery/*');

const VERSION = /\.v\d+$/;

/** Whether a pattern of {@link TypePattern} is about a type. */
export const isTypeLike = (type: string, pattern: string): boolean =>
  isStreamLike(type, pattern) || type.replace(VERSION, '') === pattern;

/** Whether a pattern of {@link StreamPattern} is about a stream. */
export const isStreamLike = (stream: string, pattern: string): boolean =>
  pattern.endsWith('*') ? stream.startsWith(pattern.slice(0, -1)) : stream === pattern;
