import { metricsContentType, waystationMetrics } from '@waystation/observability';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from './described-later.js';
import { PLATFORM } from '../process/platform.module.js';
import type { Platform } from '../process/platform.js';

/** What the service counts, for Prometheus. */
@ApiTags('health')
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(PLATFORM) private readonly platform: Platform) {
    const { log, metrics } = platform;
    waystationMetrics.logHead(metrics, async () => [{ value: (await log.head()).position }]);
    waystationMetrics.queueDepth(metrics, async () =>
      (await log.timers.queues('')).map(({ queue, waiting }) => ({ value: waiting, labels: { queue } })),
    );
  }

  @Get()
  @Header('content-type', metricsContentType)
  @ApiOperation({ summary: 'Counters and gauges in the text format of Prometheus' })
  show(): Promise<string> {
    return this.platform.metrics.expose();
  }
}
