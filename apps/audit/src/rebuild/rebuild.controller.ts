import type { RebuildStatus } from '@waystation/answers';
import { ApiOperation, ApiTags } from '@waystation/service';
import { Controller, Get, HttpCode, Param, ParseIntPipe, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { statusOf } from './rebuild-status.js';
import { Rebuild } from './rebuild.js';

/** Rebuilds what is derived, over HTTP. */
@ApiTags('log')
@Controller('api/rebuild')
export class RebuildController {
  constructor(
    private readonly rebuild: Rebuild,
    private readonly views: DataSource,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Begins to derive every read model and timer from the log again, beside those in force until it has caught up',
  })
  start(): Promise<RebuildStatus> {
    return this.rebuild.start();
  }

  @Get()
  @ApiOperation({ summary: 'How far the newest rebuild is, or how it ended' })
  newest(): Promise<RebuildStatus> {
    return statusOf(this.views);
  }

  @Get(':generation')
  @ApiOperation({ summary: 'How far a rebuild is, or how it ended' })
  one(@Param('generation', ParseIntPipe) generation: number): Promise<RebuildStatus> {
    return statusOf(this.views, generation);
  }
}
