import type { BusLogger } from './bus-logger.js';
import type { Checkpoints, Office } from './log-reader.js';
import type { RabbitMqConnection } from './rabbitmq-connection.js';
import { eventsExchange, type Topology } from './topology.js';

/** An exchange that only the relay makes. Where it is missing, so is all that the relay ever told a broker. */
const mark = 'waystation.told';

/**
 * Makes sure that the relay's checkpoint is about this broker. One that knows nothing, because it is new or lost its disk,
 * is told again what not every consumer is known to have handled.
 */
export const greetBroker = async (
  connection: RabbitMqConnection,
  checkpoints: Checkpoints,
  office: Office,
  topology: Topology,
  logger: BusLogger,
): Promise<void> => {
  if (await connection.hasExchange(mark)) return;
  const consumers = topology.bindings.filter(({ exchange }) => exchange === eventsExchange).map(({ queue }) => queue);
  const handled = await Promise.all([...new Set(consumers)].map((name) => checkpoints.get(`bus/${name}`)));
  const [position = 0] = handled.toSorted((a, b) => a - b);
  await office.save('relay', position);
  // Only now: if we end before, the next relay finds the broker as we did.
  await connection.makeExchange(mark);
  logger.log(`the broker knows nothing yet and is told everything behind position ${position}`);
};
