import type { HistoryEntry } from '@waystation/answers';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiTags } from '@waystation/service';
import { Controller, Get, Param } from '@nestjs/common';
import { TellHistory } from './tell-history.js';

/** What happened, over HTTP. */
@ApiTags('history')
@Controller('api')
export class HistoryController {
  constructor(private readonly history: TellHistory) {}

  @Get('series/:seriesInstanceUid/history')
  @ApiOperation({
    summary: 'Everything that happened to a series, with its study, deliveries and associations, in causal order',
  })
  series(@Param('seriesInstanceUid') seriesInstanceUid: string): Promise<readonly HistoryEntry[]> {
    return this.history.ofSeries(seriesInstanceUid);
  }

  @Get('studies/:studyInstanceUid/history')
  @ApiOperation({
    summary:
      'Everything that happened to a study and its series, with deliveries, associations, the configurations that decided, and causes',
  })
  study(@Param('studyInstanceUid') studyInstanceUid: string): Promise<readonly HistoryEntry[]> {
    return this.history.ofStudy(studyInstanceUid);
  }

  @Get('configuration/history')
  @ApiOperation({ summary: 'Every configuration that was published: when, by whom, why' })
  configuration(): Promise<readonly HistoryEntry[]> {
    return this.history.ofStream(streamName.configuration);
  }

  @Get('streams/:category/:id/history')
  @ApiOperation({ summary: 'The events of one stream, such as delivery/<id>' })
  stream(@Param('category') category: string, @Param('id') id: string): Promise<readonly HistoryEntry[]> {
    return this.history.ofStream(`${category}/${id}`);
  }
}
