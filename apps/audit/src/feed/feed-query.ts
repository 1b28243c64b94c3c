import { StreamPattern, TypePattern } from '@waystation/events';
import { isDicomUid } from '@waystation/kernel';
import { ApiQuery } from '@waystation/service';
import { applyDecorators } from '@nestjs/common';
import { z } from 'zod';

const PATTERNS = 32;

/** Given several times, or once with commas. */
const listOf = (pattern: z.ZodType<string>) =>
  z.preprocess(
    (value) => [value ?? []].flat().flatMap((text) => (typeof text === 'string' ? text.split(',') : [text])),
    z.array(pattern).max(PATTERNS),
  );

/** Behind which position, and what of it. */
export const FeedQuery = z.object({
  after: z.union([z.literal('head'), z.coerce.number().int().nonnegative()]).default(0),
  type: listOf(TypePattern),
  stream: listOf(StreamPattern),
  study: z.string().refine(isDicomUid, 'not a DICOM UID').or(z.literal('')).default(''),
});
export type FeedQuery = z.infer<typeof FeedQuery>;

/** The same, a page at a time. */
export const FeedPageQuery = FeedQuery.extend({ limit: z.coerce.number().int().min(1).max(1000).default(100) });
export type FeedPageQuery = z.infer<typeof FeedPageQuery>;

/** Describes them in the OpenAPI document. */
export const ApiFeed = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({
      name: 'after',
      required: false,
      description: 'the position behind which it begins: 0, the beginning, unless told; `head` is the end of the log',
    }),
    ApiQuery({
      name: 'type',
      required: false,
      description: 'types: series.completed.v1, series.completed in any version, series.*; several with commas',
    }),
    ApiQuery({
      name: 'stream',
      required: false,
      description: 'streams: series/<SeriesInstanceUID>, delivery/*; several with commas',
    }),
    ApiQuery({
      name: 'study',
      required: false,
      description: 'Study Instance UID: the study, its series and their deliveries',
    }),
  );
