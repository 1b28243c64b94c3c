import {
  configurationDecider,
  deliveriesRequestedBy,
  identitiesToRoute,
  identityToRoute,
  jobsRequestedBy,
  seriesDecider,
  type RouteSeries,
  type SeriesEvent,
  type SeriesState,
} from '@waystation/domain';
import { CommandHandler, type AppendPart } from '@waystation/event-log';
import { messageFlow, streamName, type RecordedEvent, type SeriesCompleted } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Identities } from '@waystation/identity';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';
import { openIdentity } from '../ask-rules/open-identity.js';
import { RetentionWatch } from '../expire-objects/retention-watch.js';
import { partOfJob, partOfRequest } from '../part-of-request.js';

/**
 * When a series is complete: ask the rules where it goes. The decision and the deliveries and jobs that follow from
 * it are written as one, so there is never one without the other.
 */
@Controller()
export class RouteSeriesWhenCompleted {
  constructor(
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
    private readonly watch: RetentionWatch,
  ) {}

  @OnEvent(messageFlow.routeSeries)
  async on(completed: RecordedEvent<SeriesCompleted>): Promise<void> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const { revision } = completed.data;
    const { state } = await this.commands.load(seriesDecider, completed.stream);
    const opened = await openIdentity(this.identities, {
      representative: identityToRoute(state, revision),
      each: (known) => identitiesToRoute(state, { revision, configuration }, known),
    });
    const command: RouteSeries = { kind: 'route-series', revision, configuration, ...opened };
    await this.commands.handle(seriesDecider, completed.stream, command, {
      metadata: causedBy(completed),
      alongside: (events, after) => whatFollows(events, after, command),
    });
    await this.watch.begin(completed.stream);
  }
}

/** Everything that is written together with a decision, or not at all: its deliveries and its jobs. */
const whatFollows = (
  events: readonly SeriesEvent[],
  state: SeriesState,
  { configuration }: RouteSeries,
): readonly AppendPart[] => {
  const routed = events.find((event) => event.type === 'series.routed.v1');
  if (routed === undefined || state.status === 'unknown') return [];
  return [
    ...deliveriesRequestedBy(state, routed.data).map(partOfRequest),
    ...jobsRequestedBy(state, routed.data, configuration).map(partOfJob),
  ];
};
