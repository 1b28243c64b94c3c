// The process that is measured: is asked for one case at a time, and says what it took.
import { fillLog } from './fill-log.mjs';
import { openLatencyWork } from './latency-work.mjs';
import { sizesOf } from './sizes.mjs';
import { openWork } from './work.mjs';
import { openWriteWork } from './write-work.mjs';

let work;
let writes;
let latency;

const steps = {
  async fill({ url, events }) {
    return fillLog(url, events, (text) => process.stderr.write(`${text}\n`));
  },
  /** @param request `broker` and `latencyUrl` only where a case needs them */
  async open({ url, writeUrl, latencyUrl, broker, events }) {
    work = await openWork(url, events);
    writes = await openWriteWork(writeUrl);
    if (broker !== undefined) latency = await openLatencyWork(latencyUrl, broker);
  },
  async sizes({ url }) {
    return sizesOf(url);
  },
  async measure({ caseName }) {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    const place = caseName === 'commit-to-consumer' ? latency : writes.has(caseName) ? writes : work;
    const done = await place.run(caseName);
    // A case that prepares something says itself how long the rest took.
    const { count, each, seconds = (performance.now() - startedAt) / 1000 } = done;
    const { user, system } = process.cpuUsage(cpu);
    return { count, seconds, cpuUs: user + system, each };
  },
  async close() {
    await Promise.all([work?.close(), writes?.close(), latency?.close()]);
  },
};

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: `${step}: ${error.stack}` }),
  );
});
process.on('disconnect', () => process.exit(0));
