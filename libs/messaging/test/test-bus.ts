import type { EventLog } from '@waystation/event-log';
import { SeriesCompleted, type RecordedEvent } from '@waystation/events';
import type { Replies } from 'amqplib';
import { RabbitMqTransport, type RabbitMqTransportOptions } from '../src/rabbitmq-transport.js';
import { Relay } from '../src/relay.js';
import { topologyOf } from '../src/topology.js';
import { openFreshLog } from './fresh-log.js';
import { listen, quiet } from './transports.js';
import { VirtualHost } from './virtual-host.js';

export const consumer = { name: 'test.hear', types: [SeriesCompleted.type], summary: 'Hears of complete series.' };
/** For `vi.waitFor`: the machine may be busy. */
export const patient = { timeout: 20_000, interval: 50 };
/** Milliseconds before the second and the third attempt. */
export const ladder = [50, 100];

/** A log, a broker and a relay between them, and transports as the test starts them. */
export class TestBus {
  readonly #transports: RabbitMqTransport[] = [];
  #relay: Relay | undefined;

  private constructor(
    readonly log: EventLog,
    readonly host: VirtualHost,
  ) {}

  static async open(): Promise<TestBus> {
    const [log, host] = await Promise.all([openFreshLog(), VirtualHost.create()]);
    const bus = new TestBus(log, host);
    await bus.startRelay();
    return bus;
  }

  async startRelay(): Promise<void> {
    const topology = topologyOf([consumer], ladder);
    this.#relay = new Relay({ url: this.host.url, source: '/log/test/1', log: this.log, topology, logger: quiet });
    await this.#relay.start();
  }

  async stopRelay(): Promise<void> {
    await this.#relay?.stop();
  }

  async start(
    handle: (event: RecordedEvent) => Promise<void>,
    options: Partial<RabbitMqTransportOptions> = {},
  ): Promise<RabbitMqTransport> {
    const { log, host } = this;
    const transport = new RabbitMqTransport({ url: host.url, name: 'test', log, logger: quiet, ladder, ...options });
    this.#transports.push(transport);
    return listen(transport, consumer, handle);
  }

  /** How many messages and consumers a queue has. */
  async look(queue: string): Promise<Replies.AssertQueue> {
    return this.host.visit(async (connection) => (await connection.createChannel()).checkQueue(queue));
  }

  async send(queue: string, content: string): Promise<void> {
    await this.host.visit(async (connection) => {
      const channel = await connection.createConfirmChannel();
      channel.sendToQueue(queue, Buffer.from(content));
      await channel.waitForConfirms();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#transports.map((transport) => transport.close()));
    await this.stopRelay();
    await Promise.all([this.log.close(), this.host.remove()]);
  }
}
