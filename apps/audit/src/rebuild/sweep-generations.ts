import type { EventLog } from '@waystation/event-log';
import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import type { DataSource } from 'typeorm';
import { REBUILD_OFFICE } from './rebuild.js';

const EVERY_MS = 5_000;

/** Drops what a rebuild left behind whose process vanished, once its lease has run out. */
export class SweepGenerations {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly views: DataSource,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) =>
        this.logger.warn(`what a rebuild left behind cannot be dropped: ${messageOf(error)}`),
      );
    }, EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns whether there was anything to drop and nobody at work on it */
  async sweep(): Promise<boolean> {
    const left: unknown[] = await this.views.query(`select from pg_namespace where nspname ~ '^view_[0-9]+$' limit 1`);
    if (left.length === 0) return false;
    const office = await this.log.checkpoints.take(REBUILD_OFFICE);
    if (office === undefined) return false;
    try {
      await this.views.query('select audit.abandon_generation($1)', ['the process that built it vanished']);
      return true;
    } finally {
      await office.giveBack();
    }
  }
}
