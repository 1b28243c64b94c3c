import {
  factsOf,
  lookAtStudy,
  representativeOf,
  seriesDecider,
  studyDecider,
  waitingCollections,
  type CollectSeries,
  type KnownSeries,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { messageFlow, streamName, type RecordedEvent, type SeriesRouted } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';

/**
 * When rules were asked about a series: those that wait for its study collect it. A study that waits is looked at also
 * where none of them matched, since the series may be what held it open.
 */
@Controller()
export class CollectStudyWhenRouted {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  @OnEvent(messageFlow.collectStudy)
  async on(routed: RecordedEvent<SeriesRouted>): Promise<void> {
    const { state: series } = await this.commands.load(seriesDecider, routed.stream);
    if (series.status === 'unknown') return;
    const stream = streamName.study(series.studyInstanceUid);
    const command = collecting(series, routed.data);
    const { events, state } =
      command.rules.length === 0
        ? { events: [], state: (await this.commands.load(studyDecider, stream)).state }
        : await this.commands.handle(studyDecider, stream, command, { metadata: causedBy(routed) });
    if (events.length === 0 && waitingCollections(state).length > 0) await this.lookAt(stream);
  }

  /** Sets the timer of a study that has one. */
  private async lookAt(stream: string): Promise<void> {
    await this.log.append({
      time: this.log.clock.estimate(),
      metadata: {},
      parts: [{ stream, expected: 'any', events: [], timer: lookAtStudy }],
    });
  }
}

const collecting = (
  series: KnownSeries,
  { revision, representative, studyRules }: SeriesRouted['data'],
): CollectSeries => {
  const { seriesInstanceUid, studyInstanceUid, header } = series;
  const instance = series.instances.get(representative) ?? representativeOf(series, Number.MAX_SAFE_INTEGER);
  const facts = instance === undefined ? header : factsOf(series, instance, {});
  const number = Number.parseInt(facts['SeriesNumber'] ?? '', 10);
  return {
    kind: 'collect-series',
    studyInstanceUid,
    added: {
      seriesInstanceUid,
      modality: header['Modality'] ?? '',
      seriesDescription: header['SeriesDescription'] ?? '',
    },
    series: {
      seriesInstanceUid,
      revision,
      seriesDescription: facts['SeriesDescription'] ?? '',
      seriesNumber: Number.isSafeInteger(number) ? number : null,
    },
    rules: studyRules ?? [],
  };
};
