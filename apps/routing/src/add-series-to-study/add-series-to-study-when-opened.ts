import { studyDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { messageFlow, streamName, type RecordedEvent, type SeriesOpened } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { causedBy } from '@waystation/service';
import { Controller } from '@nestjs/common';

/** When a series is opened: note which study it belongs to. */
@Controller()
export class AddSeriesToStudyWhenOpened {
  constructor(private readonly commands: CommandHandler) {}

  @OnEvent(messageFlow.addSeriesToStudy)
  async on(opened: RecordedEvent<SeriesOpened>): Promise<void> {
    const { studyInstanceUid, seriesInstanceUid, header } = opened.data;
    const series = {
      seriesInstanceUid,
      modality: header['Modality'] ?? '',
      seriesDescription: header['SeriesDescription'] ?? '',
    };
    const command = { kind: 'add-series', studyInstanceUid, series } as const;
    await this.commands.handle(studyDecider, streamName.study(studyInstanceUid), command, {
      metadata: causedBy(opened),
    });
  }
}
