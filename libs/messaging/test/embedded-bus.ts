import type { EventLog } from '@waystation/event-log';
import { SeriesCompleted, type RecordedEvent } from '@waystation/events';
import { EmbeddedTransport, type EmbeddedTransportOptions } from '../src/embedded-transport.js';
import { openFreshLog } from './fresh-log.js';
import { listen, quiet } from './transports.js';

/** Who listens on the bus where nothing else is said. */
export const consumer = { name: 'test.hear', types: [SeriesCompleted.type], summary: 'Hears of complete series.' };
export const everything = { name: 'test.hear-all', types: ['#'], summary: 'Hears of everything.' };

type Options = Partial<EmbeddedTransportOptions> & { readonly consumer?: typeof consumer | typeof everything };

/** The embedded bus on a log of its own. */
export class EmbeddedBus {
  private readonly transports: EmbeddedTransport[] = [];

  private constructor(readonly log: EventLog) {}

  static async open(): Promise<EmbeddedBus> {
    return new EmbeddedBus(await openFreshLog());
  }

  /** Has a consumer listen. */
  start(handle: (event: RecordedEvent) => Promise<void>, options: Options = {}): Promise<EmbeddedTransport> {
    const transport = new EmbeddedTransport({ log: this.log, logger: quiet, ...options });
    this.transports.push(transport);
    return listen(transport, options.consumer ?? consumer, handle);
  }

  /** How far {@link consumer} is. */
  checkpoint(): Promise<number> {
    return this.log.checkpoints.get(`bus/${consumer.name}`);
  }

  async close(): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.close()));
    await this.log.close();
  }
}
