import type { Lag } from '@waystation/answers';
import { ApiOperation, ApiTags } from '@waystation/service';
import { Controller, Get } from '@nestjs/common';
import { ReadModelLag } from './read-model-lag.js';

/** How current the lists are, over HTTP. */
@ApiTags('log')
@Controller('api/read-models')
export class ReadModelsController {
  constructor(private readonly readModels: ReadModelLag) {}

  @Get()
  @ApiOperation({ summary: 'How far the read models are behind the log, in positions and in seconds' })
  lag(): Promise<Lag> {
    return this.readModels.lag();
  }
}
