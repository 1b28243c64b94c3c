// A process that consumes: its relay may be the one that leads, as in every process of the product.
import { EventLog } from '../../../libs/event-log/dist/index.js';
import { RabbitMqTransport, Relay, topologyOf } from '../../../libs/messaging/dist/index.js';

const consumer = { name: 'bench.hear', types: ['series.completed.v1'], summary: 'Hears of complete series.' };
const logger = { log: () => {}, warn: () => {}, error: (text) => process.stderr.write(`${text}\n`) };
/** Moments of the clock that all processes of a machine share, by position. */
const heard = new Map();
let opened;

const steps = {
  async listen({ url, broker }) {
    const log = await EventLog.open({ url, applicationName: 'bench-listener' });
    const transport = new RabbitMqTransport({ url: broker, name: 'bench', log, logger });
    transport.addHandler(consumer.name, hear, true, { consumer });
    await new Promise((resolve, reject) => {
      void transport.listen((error) => (error ? reject(error) : resolve()));
    });
    const relay = new Relay({ url: broker, source: '/log/bench/1', log, topology: topologyOf([consumer]), logger });
    await relay.start();
    opened = { log, transport, relay };
    await untilRelayed(log);
  },
  async heard({ positions }) {
    while (!positions.every((position) => heard.has(position))) await pause();
    return positions.map((position) => [position, String(heard.get(position))]);
  },
  async close() {
    await opened.relay.stop();
    await opened.transport.close();
    await opened.log.close();
  },
};

/** Handles an event. */
async function hear({ position }) {
  heard.set(position, process.hrtime.bigint());
}

/** What other cases wrote before would have to be told first. */
async function untilRelayed(log) {
  const { position } = await log.head();
  while ((await log.checkpoints.get('relay')) < position) await pause();
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: `${step}: ${error.stack}` }),
  );
});
process.on('disconnect', () => process.exit(0));
