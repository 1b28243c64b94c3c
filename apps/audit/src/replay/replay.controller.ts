import type { PastState } from '@waystation/answers';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiQuery, ApiTags } from '@waystation/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { TimeTravel } from './time-travel.js';

const at = {
  name: 'at',
  required: false,
  description: 'a position (1234) or an instant (2026-01-31T12:00:00Z); the newest state without it',
};

/** States of the past, over HTTP. */
@ApiTags('replay')
@Controller('api')
export class ReplayController {
  constructor(private readonly timeTravel: TimeTravel) {}

  @Get('series/:seriesInstanceUid/replay')
  @ApiOperation({ summary: 'The state of a series at any moment of its life' })
  @ApiQuery(at)
  series(
    @Param('seriesInstanceUid') seriesInstanceUid: string,
    @Query('at') moment: string | undefined,
  ): Promise<PastState> {
    return this.timeTravel.state(streamName.series(seriesInstanceUid), moment);
  }

  @Get('studies/:studyInstanceUid/replay')
  @ApiOperation({ summary: 'Which series a study had at any moment' })
  @ApiQuery(at)
  study(
    @Param('studyInstanceUid') studyInstanceUid: string,
    @Query('at') moment: string | undefined,
  ): Promise<PastState> {
    return this.timeTravel.state(streamName.study(studyInstanceUid), moment);
  }

  @Get('streams/:category/:id/replay')
  @ApiOperation({ summary: 'The state of any stream at any moment: study, delivery, association' })
  @ApiQuery(at)
  stream(
    @Param('category') category: string,
    @Param('id') id: string,
    @Query('at') moment: string | undefined,
  ): Promise<PastState> {
    return this.timeTravel.state(`${category}/${id}`, moment);
  }

  @Get('configuration/replay')
  @ApiOperation({ summary: 'The configuration that was in force at any moment' })
  @ApiQuery(at)
  configuration(@Query('at') moment: string | undefined): Promise<PastState> {
    return this.timeTravel.state(streamName.configuration, moment);
  }
}
