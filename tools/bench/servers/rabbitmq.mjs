// The RabbitMQ of the tests, with its data in a folder of its own. Says its URL.
import { runnerImport } from 'vite';

const services = new URL('../../../test/services/rabbitmq.ts', import.meta.url).pathname;
const { module } = await runnerImport(services, { configFile: false, logLevel: 'error' });
const server = await module.startRabbitMq({ folder: process.argv[2] });
process.on('disconnect', () => void server.stop().then(() => process.exit(0)));
process.send({ url: server.url });
