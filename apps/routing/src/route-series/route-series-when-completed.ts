import {
  configurationDecider,
  deliveriesRequestedBy,
  identitiesToRoute,
  identityToRoute,
  seriesDecider,
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
import { partOfRequest } from '../part-of-request.js';

/**
 * When a series is complete: ask the rules where it goes. The decision and the deliveries that follow from it are
 * written as one, so there is never one without the other.
 */
@Controller()
export class RouteSeriesWhenCompleted {
  constructor(
    private readonly commands: CommandHandler,
    private readonly identities: Identities,
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
    const command = { kind: 'route-series', revision, configuration, ...opened } as const;
    await this.commands.handle(seriesDecider, completed.stream, command, {
      metadata: causedBy(completed),
      alongside: whatFollows,
    });
  }
}

/** Everything that is written together with a decision, or not at all. */
const whatFollows = (events: readonly SeriesEvent[], state: SeriesState): readonly AppendPart[] =>
  requestDeliveries(events, state);

const requestDeliveries = (events: readonly SeriesEvent[], state: SeriesState): readonly AppendPart[] => {
  const routed = events.find((event) => event.type === 'series.routed.v1');
  if (routed === undefined || state.status === 'unknown') return [];
  return deliveriesRequestedBy(state, routed.data).map(partOfRequest);
};
