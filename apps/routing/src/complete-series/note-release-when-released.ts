import { completionFor, configurationDecider, seriesDecider, subjectOf } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import {
  AssociationLost,
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

/** The end of an association over which nothing more comes. */
type Ended = AssociationReleased | AssociationLost;

/**
 * When an association is released: tell the series that it brought objects of, where the configuration has them wait for
 * that. A series is complete once all who brought objects of it have gone. One whose receiver is gone is no longer waited for.
 */
@Controller()
export class NoteReleaseWhenReleased {
  constructor(private readonly commands: CommandHandler) {}

  @OnEvent(messageFlow.noteRelease)
  async on(released: RecordedEvent<Ended>): Promise<void> {
    const { series = [] } = released.data;
    if (series.length === 0) return;
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    if (!asksForReleases(state.document)) return;
    for (const seriesInstanceUid of series)
      await this.note(streamName.series(seriesInstanceUid), released, state.document);
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
