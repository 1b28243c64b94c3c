import { ApiQuery } from '@waystation/service';
import { applyDecorators } from '@nestjs/common';
import { z } from 'zod';

/** Which lines of a list: newest first, a page at a time. */
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  /** Position behind which the page begins; that of the last line of the page before. */
  before: z.coerce.number().int().positive().optional(),
});

/** Describes a page of a list in the OpenAPI document. */
export const ApiPage = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'limit', required: false, description: 'how many lines, at most 1000; 50 unless told' }),
    ApiQuery({ name: 'before', required: false, description: 'the position of the last line of the page before' }),
  );
