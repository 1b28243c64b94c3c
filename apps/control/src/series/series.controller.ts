import { seriesDecider, type CompleteNow, type ReopenSeries } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';

/** What is known of a series after a command. */
export interface CommandedSeries {
  readonly series: string;
  readonly status: string;
  /** Revisions so far. */
  readonly revisions: number;
}

/** What operators say of a series, over HTTP. */
@ApiTags('series')
@Controller('api/series')
export class SeriesController {
  constructor(private readonly commands: CommandHandler) {}

  @Post(':series/complete')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Counts a series that still receives objects as complete now; the rules are asked about what came',
  })
  @AuthoredByQuery()
  complete(@Param('series') series: string, @By() by: Authorship): Promise<CommandedSeries> {
    return this.tell(series, { kind: 'complete-now', reason: by.reason }, by);
  }

  @Post(':series/reopen')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Has a series decided again by the configuration in force now; all of it is sent where the rules then say',
  })
  @AuthoredByQuery()
  reopen(@Param('series') series: string, @By() by: Authorship): Promise<CommandedSeries> {
    return this.tell(series, { kind: 'reopen-series', reason: by.reason }, by);
  }

  private async tell(
    series: string,
    command: CompleteNow | ReopenSeries,
    { actor }: Authorship,
  ): Promise<CommandedSeries> {
    const { state } = await this.commands.handle(seriesDecider, streamName.series(series), command, {
      metadata: { actor },
    });
    const revisions = state.status === 'unknown' ? 0 : state.completions.length;
    return { series, status: state.status, revisions };
  }
}
