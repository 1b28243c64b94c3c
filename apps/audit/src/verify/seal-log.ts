import { Sealer, type EventLog, type SigningKey } from '@waystation/event-log';
import type { LogSealed } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { Logger } from '@waystation/service';

/** Where copies of the seals lie, outside the database. */
export const sealsFolder = 'seals/';

/** A seal covers at most what happened in so many milliseconds. */
const INTERVAL_MS = 60_000;

/** Seals what was appended, on a schedule, and copies every seal to the object store. */
export class SealLog {
  private readonly sealer: Sealer;
  private timer: NodeJS.Timeout | undefined;

  /** @param signingKey signs the seals, where there is one */
  constructor(
    log: EventLog,
    private readonly objects: ObjectStore,
    private readonly logger: Logger,
    signingKey?: SigningKey,
  ) {
    this.sealer = new Sealer(log, { service: 'audit', anchor: (seal) => this.anchor(seal), signingKey });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.seal(), INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.seal();
  }

  /** Seals now. A failure is tried again at the next turn: the range just grows. */
  async seal(): Promise<LogSealed['data'] | undefined> {
    try {
      return (await this.sealer.sealNow())?.data;
    } catch (error) {
      this.logger.warn(`the log could not be sealed: ${messageOf(error)}`);
      return undefined;
    }
  }

  private async anchor(seal: LogSealed['data']): Promise<void> {
    const name = String(seal.to).padStart(19, '0');
    await this.objects.put(`${sealsFolder}${name}.json`, Buffer.from(JSON.stringify(seal)));
  }
}
