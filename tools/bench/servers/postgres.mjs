// The embedded Postgres, for every receiver that needs one. Says its URL and the id of its process.
import { startEmbeddedPostgres } from '../../../libs/embedded-postgres/dist/index.js';

const postgres = await startEmbeddedPostgres({ dataFolder: process.argv[2], port: 0 });
process.on('disconnect', () => void postgres.stop().then(() => process.exit(0)));
process.send({ url: postgres.localUrl, pid: postgres.pid });
