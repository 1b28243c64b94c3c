import type { EventLog } from '@waystation/event-log';
import type { BusLogger } from './bus-logger.js';
import { EmbeddedTransport } from './embedded-transport.js';
import { RabbitMqTransport } from './rabbitmq-transport.js';

export interface TransportOptions {
  /** `embedded`, or the address of a RabbitMQ: `amqp://user:password@host:port/vhost`. */
  readonly bus: string;
  /** The service, for the broker's management page. */
  readonly name: string;
  readonly log: EventLog;
  readonly logger: BusLogger;
}

/** The Nest transport strategy for a bus. A bus that is no address is refused when the transport starts to listen. */
export const createTransport = ({ bus, ...options }: TransportOptions): EmbeddedTransport | RabbitMqTransport =>
  bus === 'embedded' ? new EmbeddedTransport(options) : new RabbitMqTransport({ url: bus, ...options });
