import {
  configurationDecider,
  deliveriesRequestedBy,
  identityToRoute,
  laneOf,
  seriesDecider,
  type SeriesEvent,
  type SeriesState,
} from '@waystation/domain';
import { CommandHandler, type AppendPart } from '@waystation/event-log';
import { messageFlow, streamName, type Facts, type RecordedEvent, type SeriesCompleted } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Identities } from '@waystation/identity';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';

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
    const identity = await this.identityOf(completed.stream, revision);
    const command = { kind: 'route-series', revision, identity, configuration } as const;
    await this.commands.handle(seriesDecider, completed.stream, command, {
      metadata: causedBy(completed),
      alongside: requestDeliveries,
    });
  }

  /** The rules see who the patient is; where that is forgotten, they see nothing of it. */
  private async identityOf(stream: string, revision: number): Promise<Facts> {
    const { state } = await this.commands.load(seriesDecider, stream);
    const placed = identityToRoute(state, revision);
    return (placed && (await this.identities.open(placed))) ?? {};
  }
}

const requestDeliveries = (events: readonly SeriesEvent[], state: SeriesState): readonly AppendPart[] => {
  const routed = events.find((event) => event.type === 'series.routed.v1');
  if (routed === undefined || state.status === 'unknown') return [];
  return deliveriesRequestedBy(state, routed.data).map((requested) => ({
    stream: streamName.delivery(requested.data.delivery),
    expected: 0,
    events: [requested],
    timer: { queue: laneOf(requested.data.target), afterMs: 0 },
  }));
};
