import { createHash } from 'node:crypto';
import type { DeliveryRequested } from '@waystation/events';

/** The same for the same question, so that asking twice cannot request twice. 80 bits: short enough to type. */
const idOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 20);

/** The first step of a rule. */
export const firstJobId = (about: { readonly stream: string; readonly revision: number }, rule: string): string =>
  idOf('job', about.stream, about.revision, rule);

/** The step that follows from an attempt. */
export const nextJobId = (job: string, attempt: number): string => idOf('job', job, attempt);

/** What tells that an attempt was the last one. */
export const failureReportId = (job: string, attempt: number): string => idOf('failure', job, attempt);

/** What an attempt made, to a target. */
export const outputDeliveryId = (job: string, attempt: number, target: string): string =>
  idOf('output', job, attempt, target);

/** What came in, to a target after an attempt. */
export const originalDeliveryId = (
  job: string,
  attempt: number,
  target: string,
  { seriesInstanceUid, revision }: Pick<DeliveryRequested['data'], 'seriesInstanceUid' | 'revision'>,
): string => idOf('original', job, attempt, target, seriesInstanceUid, revision);
