import type { HealthReport } from '@waystation/observability';
import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from './described-later.js';
import { PLATFORM } from '../process/platform.module.js';
import type { Platform } from '../process/platform.js';

/** Whether the service lives and whether it can work, for whoever restarts or balances it. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live(): { status: 'ok'; service: string } {
    return { status: 'ok', service: this.platform.service };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The log can be read and the object store written' })
  async ready(): Promise<HealthReport> {
    const report = await this.platform.health.ready();
    if (report.status === 'ok') return report;
    throw new ServiceUnavailableException(JSON.stringify(report));
  }
}
