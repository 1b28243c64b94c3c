import type { SubscriptionLine } from '@waystation/answers';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { waystationMetrics } from '@waystation/observability';
import { ApiOperation, ApiTags, PLATFORM, type Platform } from '@waystation/service';
import { Controller, Get, Inject } from '@nestjs/common';
import { reportSubscriptions } from './subscription-report.js';

/** How webhooks fare, over HTTP and as metrics. */
@ApiTags('events')
@Controller('api/subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
    @Inject(PLATFORM) { metrics }: Platform,
  ) {
    waystationMetrics.webhookLagPositions(metrics, () => this.readings(({ behind }) => behind));
    waystationMetrics.webhookLagSeconds(metrics, () => this.readings(({ behindSeconds }) => behindSeconds));
    waystationMetrics.webhookParked(metrics, () => this.readings(({ parked }) => parked.length));
  }

  @Get()
  @ApiOperation({ summary: 'Each subscription: how far it is, whether its endpoint takes events, and what it refused' })
  list(): Promise<readonly SubscriptionLine[]> {
    return reportSubscriptions(this.log, this.commands);
  }

  private async readings(value: (report: SubscriptionLine) => number) {
    const reports = await reportSubscriptions(this.log, this.commands);
    return reports.map((report) => ({ value: value(report), labels: { subscription: report.name } }));
  }
}
