import {
  configurationDecider,
  deliveriesRequestedByJob,
  jobDecider,
  nextJobRequestedBy,
  type JobEvent,
  type JobState,
} from '@waystation/domain';
import { CommandHandler, type AppendPart } from '@waystation/event-log';
import { messageFlow, streamName, type JobAbandoned, type JobSucceeded, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';
import { partOfJob, partOfRequest } from '../part-of-request.js';

/**
 * When a job is over: request what the rule says follows, the deliveries of what it made or its next step. The decision
 * and what follows are written as one, so there is never one without the other.
 */
@Controller()
export class RouteJobOutputWhenOver {
  constructor(private readonly commands: CommandHandler) {}

  @OnEvent(messageFlow.routeJobOutput)
  async on(over: RecordedEvent<JobSucceeded | JobAbandoned>): Promise<void> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const targets = configuration.document.targets.map(({ name }) => name);
    await this.commands.handle(
      jobDecider,
      over.stream,
      { kind: 'route-job', targets },
      { metadata: causedBy(over), alongside: whatFollows },
    );
  }
}

const whatFollows = (events: readonly JobEvent[], state: JobState): readonly AppendPart[] => {
  const routed = events.find((event) => event.type === 'job.routed.v1');
  if (routed === undefined || state.status === 'unknown') return [];
  const next = nextJobRequestedBy(state, routed.data);
  return [
    ...deliveriesRequestedByJob(state, routed.data).map(partOfRequest),
    ...(next === undefined ? [] : [partOfJob(next)]),
  ];
};
