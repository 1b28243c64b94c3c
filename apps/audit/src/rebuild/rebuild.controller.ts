import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Rebuild, type RebuildReport } from './rebuild.js';

/** Rebuilds what is derived, over HTTP. */
@ApiTags('log')
@Controller('api/rebuild')
export class RebuildController {
  constructor(private readonly rebuild: Rebuild) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Drops every read model and timer, derives them from the log, and compares the digests' })
  run(): Promise<RebuildReport> {
    return this.rebuild.run();
  }
}
