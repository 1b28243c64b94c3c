import { timerOfJob, timerOfRequest } from '@waystation/domain';
import type { AppendPart } from '@waystation/event-log';
import { streamName, type DeliveryRequested, type JobRequested } from '@waystation/events';

/** Begins the stream of a delivery, and has it looked at by the lane of its target. */
export const partOfRequest = (requested: DeliveryRequested): AppendPart => ({
  stream: streamName.delivery(requested.data.delivery),
  expected: 0,
  events: [requested],
  timer: timerOfRequest(requested.data),
});

/** Begins the stream of a job, and has it taken by a worker of its module. */
export const partOfJob = (requested: JobRequested): AppendPart => ({
  stream: streamName.job(requested.data.job),
  expected: 0,
  events: [requested],
  timer: timerOfJob(requested.data),
});
