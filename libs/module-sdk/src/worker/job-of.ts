import type { KnownJob } from '@waystation/domain';
import { streamName, type EventMetadata, type ProcessingModule } from '@waystation/events';
import type { JsonObject } from '../module/json.js';
import type { ProcessingJob } from '../module/processing-job.js';

/** What a module is told of its job. */
export const jobOf = (
  { request, settings }: KnownJob,
  module: ProcessingModule | undefined,
  attempt: number,
): ProcessingJob => ({
  id: request.job,
  attempt,
  module: request.module,
  rule: request.rule,
  step: request.step,
  studyInstanceUid: request.studyInstanceUid,
  seriesInstanceUid: request.seriesInstanceUid,
  settings: { ...module?.settings, ...settings } as JsonObject,
});

/** A job's events belong to its series or study; each names the event that led to it. */
export const causeOf = ({ request }: KnownJob, position: number | undefined): EventMetadata => {
  const { seriesInstanceUid, studyInstanceUid } = request;
  const about =
    seriesInstanceUid === undefined ? streamName.study(studyInstanceUid) : streamName.series(seriesInstanceUid);
  return { correlationid: about, ...(position === undefined ? {} : { causationid: position }) };
};
