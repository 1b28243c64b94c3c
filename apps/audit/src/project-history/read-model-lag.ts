import type { Lag } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import { waystationMetrics } from '@waystation/observability';
import { PLATFORM, type Platform } from '@waystation/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { reachedBy } from './read-models.js';

/** Tells how far the read models are behind: in the report of health, as metrics, and whoever asks. */
@Injectable()
export class ReadModelLag {
  constructor(
    private readonly log: EventLog,
    private readonly views: DataSource,
    @Inject(PLATFORM) { health, metrics }: Platform,
  ) {
    health.add('read models', async () => sentenceFor(await this.lag()));
    waystationMetrics.readModelLagPositions(metrics, async () => [{ value: (await this.lag()).behind }]);
    waystationMetrics.readModelLagSeconds(metrics, async () => [{ value: (await this.lag()).behindSeconds }]);
  }

  async lag(): Promise<Lag> {
    const position = await reachedBy(this.views.manager);
    const { position: head } = await this.log.head();
    const behind = Math.max(0, head - position);
    return { position, head, behind, behindSeconds: behind === 0 ? 0 : await this.secondsSince(position + 1) };
  }

  private async secondsSince(position: number): Promise<number> {
    const [{ recordedtime }, now] = await Promise.all([this.log.read(position), this.log.now()]);
    return Math.max(0, (Date.parse(now) - Date.parse(recordedtime)) / 1000);
  }
}

const sentenceFor = ({ position, behind, behindSeconds }: Lag): string =>
  `at position ${position}, ${behind} events and ${behindSeconds} s behind the log`;
