// The S3 server of the tests, a Ceph gateway over a store in memory. Says its URL.
import { runnerImport } from 'vite';

const services = new URL('../../../test/services/ceph-rgw.ts', import.meta.url).pathname;
const { module } = await runnerImport(services, { configFile: false, logLevel: 'error' });
const server = await module.startCephRgw();
process.on('disconnect', () => void server.stop().then(() => process.exit(0)));
process.send({ url: server.url });
