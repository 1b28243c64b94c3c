import {
  seriesDecider,
  type CompleteNow,
  type HoldObjects,
  type ReleaseObjects,
  type ReopenSeries,
} from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiTags, AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

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

  @Post(':series/hold')
  @HttpCode(202)
  @ApiOperation({ summary: 'Keeps the objects of a series whatever the configuration says, those to come as well' })
  @AuthoredByQuery()
  hold(@Param('series') series: string, @By() { author, reason, actor }: Authorship): Promise<CommandedSeries> {
    return this.tell(series, { kind: 'hold-objects', author, reason }, { actor });
  }

  @Post(':series/release')
  @HttpCode(202)
  @ApiOperation({ summary: 'Keeps the objects of a series as long as the configuration says again' })
  @AuthoredByQuery()
  release(@Param('series') series: string, @By() { author, reason, actor }: Authorship): Promise<CommandedSeries> {
    return this.tell(series, { kind: 'release-objects', author, reason }, { actor });
  }

  private async tell(
    series: string,
    command: CompleteNow | ReopenSeries | HoldObjects | ReleaseObjects,
    { actor }: Pick<Authorship, 'actor'>,
  ): Promise<CommandedSeries> {
    const { state } = await this.commands.handle(seriesDecider, streamName.series(series), command, {
      metadata: { actor },
    });
    const revisions = state.status === 'unknown' ? 0 : state.completions.length;
    return { series, status: state.status, revisions };
  }
}
