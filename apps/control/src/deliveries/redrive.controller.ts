import { assertKept, assertOutputKept, deliveryDecider, jobDecider, seriesDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiTags, AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

/** Asks for a delivery again, over HTTP. */
@ApiTags('deliveries')
@Controller('api/deliveries')
export class RedriveController {
  constructor(private readonly commands: CommandHandler) {}

  @Post(':delivery/redrive')
  @HttpCode(202)
  @ApiOperation({ summary: 'Tries a waiting or abandoned delivery again now; only what has no receipt is sent' })
  @AuthoredByQuery()
  async redrive(
    @Param('delivery') delivery: string,
    @By() { actor, reason }: Authorship,
  ): Promise<{ delivery: string; status: string }> {
    await this.assertKept(delivery);
    const { state } = await this.commands.handle(
      deliveryDecider,
      streamName.delivery(delivery),
      { kind: 'redrive-delivery', reason },
      { metadata: { actor } },
    );
    return { delivery, status: state.status };
  }

  /** Refused at once, with the reason, rather than tried in vain. */
  private async assertKept(delivery: string): Promise<void> {
    const { state } = await this.commands.load(deliveryDecider, streamName.delivery(delivery));
    if (state.status === 'unknown') return;
    const { instances, seriesInstanceUid } = state.request;
    if ('job' in instances) {
      const { state: job } = await this.commands.load(jobDecider, streamName.job(instances.job));
      if (job.status !== 'unknown') assertOutputKept(job, instances.attempt);
    } else {
      const { state: series } = await this.commands.load(seriesDecider, streamName.series(seriesInstanceUid));
      if (series.status !== 'unknown') assertKept(series, instances);
    }
  }
}
