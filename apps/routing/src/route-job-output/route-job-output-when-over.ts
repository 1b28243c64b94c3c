import {
  configurationDecider,
  deliveriesRequestedByJob,
  failureReportOf,
  findingsToAsk,
  jobDecider,
  nextJobRequestedBy,
  type FindingsToAsk,
  type JobEvent,
  type JobState,
  type RouteJob,
} from '@waystation/domain';
import { CommandHandler, type AppendPart } from '@waystation/event-log';
import { messageFlow, streamName, type JobAbandoned, type JobSucceeded, type RecordedEvent } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { OnEvent } from '@waystation/messaging';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';
import { RetentionWatch } from '../expire-objects/retention-watch.js';
import { partOfJob, partOfRequest } from '../part-of-request.js';

/**
 * When a job is over: request what the rule says follows, the deliveries of what it made or its next step. The decision
 * and what follows are written as one, so there is never one without the other.
 */
@Controller()
export class RouteJobOutputWhenOver {
  constructor(
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
    private readonly watch: RetentionWatch,
  ) {}

  @OnEvent(messageFlow.routeJobOutput)
  async on(over: RecordedEvent<JobSucceeded | JobAbandoned>): Promise<void> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const targets = configuration.document.targets.map(({ name }) => name);
    const { state } = await this.commands.load(jobDecider, over.stream);
    const found = await this.openFindings(findingsToAsk(state));
    await this.commands.handle(
      jobDecider,
      over.stream,
      { kind: 'route-job', targets, ...found },
      {
        metadata: causedBy(over),
        alongside: (events, after) => whatFollows(events, after, over.recordedtime),
      },
    );
    await this.watch.begin(over.stream);
  }

  /** What the module found, for the conditions that ask for it; nothing of it is known where the patient is forgotten. */
  private async openFindings(asked: FindingsToAsk | undefined): Promise<Pick<RouteJob, 'found'>> {
    if (asked === undefined) return {};
    const { attempt, findings } = asked;
    return { found: { attempt, findings: (findings && (await this.identities.open(findings))) ?? {} } };
  }
}

const whatFollows = (events: readonly JobEvent[], state: JobState, overAt: string): readonly AppendPart[] => {
  const routed = events.find((event) => event.type === 'job.routed.v1');
  if (routed === undefined || state.status === 'unknown') return [];
  const next = nextJobRequestedBy(state, routed.data);
  return [
    ...deliveriesRequestedByJob(state, routed.data).map(partOfRequest),
    ...(next === undefined ? [] : [partOfJob(next)]),
    ...(routed.data.report === undefined ? [] : [partOfJob(failureReportOf(state, overAt))]),
  ];
};
