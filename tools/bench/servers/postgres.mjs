// The embedded Postgres, for every receiver that needs one. Says its URL and the id of its process.
import { startEmbeddedPostgres } from '../../../libs/embedded-postgres/dist/index.js';

const { url, pid, stop } = await startEmbeddedPostgres({ dataFolder: process.argv[2], port: 0 });
process.on('disconnect', () => void stop().then(() => process.exit(0)));
process.send({ url, pid });
