import type { JobInput, JobRequested } from '@waystation/events';

/** Objects of a series as they were received. */
export type ReceivedInput = Extract<JobInput, { readonly seriesInstanceUid: string }>;

/** What came in at the beginning, before the first step. */
export const originalsOf = ({ input, originals }: JobRequested['data']): readonly ReceivedInput[] =>
  (originals ?? input).filter((part): part is ReceivedInput => 'seriesInstanceUid' in part);
