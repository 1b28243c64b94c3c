import { completionFor, configurationDecider, seriesDecider, subjectOf } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import {
  AssociationLost,
  AssociationSeriesNoted,
  idOf,
  messageFlow,
  streamName,
  type AssociationReleased,
  type ConfigurationDocument,
  type RecordedEvent,
} from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';

/** Events of an association that are read together. */
const PAGE = 200;

/** The end of an association over which nothing more comes. */
type Ended = AssociationReleased | AssociationLost;

/**
 * When an association is released: tell the series that it brought objects of, where the configuration has them wait for
 * that. A series is complete once all who brought objects of it have gone. One whose receiver is gone is no longer waited for.
 */
@Controller()
export class NoteReleaseWhenReleased {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  @OnEvent(messageFlow.noteRelease)
  async on(released: RecordedEvent<Ended>): Promise<void> {
    const { series = [], seriesNoted = 0 } = released.data;
    if (series.length === 0 && seriesNoted === 0) return;
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    if (!asksForReleases(state.document)) return;
    for (const seriesInstanceUid of series)
      await this.note(streamName.series(seriesInstanceUid), released, state.document);
    if (seriesNoted === 0) return;
    for await (const seriesInstanceUid of this.notedBefore(released))
      await this.note(streamName.series(seriesInstanceUid), released, state.document);
  }

  /** Series that the association named before its end. */
  private async *notedBefore({ stream, sequence }: RecordedEvent<Ended>): AsyncGenerator<string> {
    for (let after = 0; after < sequence - 1; after += PAGE) {
      const through = Math.min(sequence - 1, after + PAGE);
      for (const { type, data } of await this.log.readStream(stream, { after, through }))
        if (type === AssociationSeriesNoted.type) yield* (data as AssociationSeriesNoted['data']).series;
    }
  }

  private async note(stream: string, released: RecordedEvent<Ended>, document: ConfigurationDocument): Promise<void> {
    const { state } = await this.commands.load(seriesDecider, stream);
    if (state.status === 'unknown') return;
    const { calledAeTitle } = subjectOf(state, Number.POSITIVE_INFINITY, { identity: {} }) ?? state.source;
    const { afterReleaseMs } = completionFor(document, calledAeTitle);
    if (afterReleaseMs === undefined) return;
    const lost = released.type === AssociationLost.type ? ({ lost: true } as const) : {};
    const command = { kind: 'note-release', association: idOf(released.stream), afterReleaseMs, ...lost } as const;
    await this.commands.handle(seriesDecider, stream, command, { metadata: causedBy(released) });
  }
}

const asksForReleases = ({ completion, applicationEntities }: ConfigurationDocument): boolean =>
  [completion, ...applicationEntities.map((entity) => entity.completion)].some(
    ({ afterReleaseSeconds }) => afterReleaseSeconds !== undefined,
  );
